# The image of the action. `docker build -t slipway .` needs Docker and a network, nothing else.
#
# A pinned image can be replaced where its registry is out of reach, see .ci/base-images. The pins stay in
# FROM lines of their own because Dependabot moves those only.
ARG JDK_IMAGE=jdk
ARG BASE_IMAGE=base

FROM eclipse-temurin:25-jdk@sha256:dcf835e52330939b6c9f90ecab8aafcbcaa8fbf48423db44de884cf978c10144 AS jdk
FROM debian:trixie-slim@sha256:3a39a0592364683e6bab97937b72cad5a8fa6dcbbee90edb3bb48c7f8e94f258 AS base


# The jar of `./mvnw package`, its entries stored instead of deflated and in the order of their names: the layer,
# compressed as a whole, becomes a third smaller, and loading a class inflates nothing.
FROM ${JDK_IMAGE} AS jar
WORKDIR /build
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY src/main src/main
RUN ./mvnw --batch-mode --no-transfer-progress -P '!format' -Dmaven.test.skip=true package
RUN mkdir classes && cd classes && jar --extract --file ../target/slipway.jar \
 && find . -type f ! -path ./META-INF/MANIFEST.MF | LC_ALL=C sort > ../entries \
 && jar --create --file ../slipway.jar --no-compress --date 2026-01-01T00:00:00Z \
        --manifest META-INF/MANIFEST.MF @../entries


# A Java runtime with the modules that jdeps finds in the jar (RuntimeModulesIT compares), plus the zip file system.
# Without java.instrument no -javaagent can be loaded. Not compressed, for the layer is.
FROM ${JDK_IMAGE} AS runtime
RUN jlink --output /opt/slipway --strip-java-debug-attributes --no-header-files --no-man-pages --add-modules \
java.base,java.logging,java.naming,java.net.http,java.security.jgss,java.sql,java.xml,jdk.unsupported,jdk.zipfs \
 && find /opt/slipway -exec touch --date 2026-01-01T00:00:00Z {} +


# The rehearsed runtime: a run against servers of its own leaves its classes, loaded and linked, in a cache for the next
# ones. It is good for this runtime, this jar and these flags only.
FROM ${JDK_IMAGE} AS rehearsed
COPY --from=runtime /opt/slipway /opt/slipway
COPY --from=jar /build/slipway.jar /opt/slipway/slipway.jar
COPY src/runtime/java.args /opt/slipway/java.args
COPY src/rehearsal /rehearsal
RUN java /rehearsal/Rehearsal.java /opt/slipway/bin/java @/opt/slipway/java.args \
      -XX:AOTCacheOutput=/opt/slipway/slipway.aot -jar /opt/slipway/slipway.jar > /tmp/log || (cat /tmp/log; exit 1)


# The least root file system that runs it: the C library's parts that the runtime links to, its UTF-8 locale, and
# one static busybox under the names that self-hosted runners call in a container. A static `env` cannot be
# subverted by LD_PRELOAD before it removes that variable.
FROM ${BASE_IMAGE} AS rootfs
RUN command -v busybox || (apt-get update && apt-get install --yes --no-install-recommends busybox-static)
COPY --from=runtime /opt/slipway /opt/slipway
RUN mkdir -p /rootfs/bin /rootfs/etc /rootfs/root /rootfs/usr \
 && mkdir -m 1777 /rootfs/tmp \
 && cp "$(command -v busybox)" /rootfs/bin/busybox \
 && for tool in cat chmod cp env find id ls mkdir mv rm sh sleep stat tail tar test; do \
      ln -s busybox "/rootfs/bin/$tool"; \
    done \
 && ln -s ../bin /rootfs/usr/bin \
 && echo root:x:0:0:root:/root:/bin/sh > /rootfs/etc/passwd \
 && echo hosts: files dns > /rootfs/etc/nsswitch.conf \
 && find /opt/slipway \( -name '*.so' -o -path '*/bin/*' \) -exec ldd {} + | grep -o '/[^ :]*' | sort -u \
    | grep -v ^/opt/slipway | xargs cp --dereference --parents --target-directory /rootfs \
 && cp --recursive --parents /usr/lib/locale/C.utf8 /rootfs


FROM scratch
LABEL org.opencontainers.image.title="Slipway" \
      org.opencontainers.image.description="One GitHub Actions step that takes a built container image to production." \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=rootfs /rootfs /
COPY --from=rehearsed /opt/slipway /opt/slipway
ENV LANG=C.UTF-8
# No USER: the workspace and the file commands belong to the runner's user, whichever that is.
# `env` and not a shell script: a shell drops variables such as INPUT_GITOPS-REPOSITORY. It removes what would let
# an earlier step's environment load code into the process, or change the meaning of host names and file names.
ENTRYPOINT ["/usr/bin/env", \
  "-u", "JAVA_TOOL_OPTIONS", "-u", "JDK_JAVA_OPTIONS", "-u", "_JAVA_OPTIONS", "-u", "_JAVA_LAUNCHER_DEBUG", \
  "-u", "LD_PRELOAD", "-u", "LD_AUDIT", "-u", "LD_LIBRARY_PATH", "-u", "LD_DEBUG", "-u", "GLIBC_TUNABLES", \
  "-u", "GCONV_PATH", "-u", "LOCPATH", "-u", "HOSTALIASES", "-u", "LOCALDOMAIN", "-u", "RES_OPTIONS", \
  "LC_ALL=C.UTF-8", \
  "/opt/slipway/bin/java", "@/opt/slipway/java.args", "-XX:AOTCache=/opt/slipway/slipway.aot", \
  "-XX:ErrorFile=/tmp/hs_err.log", "-Djava.io.tmpdir=/tmp", \
  "-jar", "/opt/slipway/slipway.jar"]
