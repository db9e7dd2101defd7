package dev.slipway.registry.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Which layer a file of a Spring Boot jar belongs to.
class LayersIndexTest {
  @Test
  void theFirstLayerThatNamesAFileHasIt() {
    LayersIndex index =
        LayersIndex.parse(
            """
            - "dependencies":
              - "BOOT-INF/lib/a.jar"
            - "spring-boot-loader":
              - "org/"
            - "snapshot-dependencies":
            - "application":
              - "BOOT-INF/"
            """
                .getBytes(UTF_8));

    assertThat(index.layers())
        .containsExactly(
            "dependencies", "spring-boot-loader", "snapshot-dependencies", "application");
    assertThat(index.layerOf("BOOT-INF/lib/a.jar")).isEqualTo("dependencies");
    assertThat(index.layerOf("BOOT-INF/lib/a.jar.txt")).isEqualTo("application");
    assertThat(index.layerOf("org/Launcher.class")).isEqualTo("spring-boot-loader");
    assertThat(index.layerOf("in/no/layer")).isEqualTo("application");
  }

  @Test
  void sortsAJarWithoutAnIndexByFolders() {
    LayersIndex index = LayersIndex.usual("BOOT-INF/lib/", "BOOT-INF/classes/");

    assertThat(index.layerOf("BOOT-INF/lib/a-1.jar")).isEqualTo("dependencies");
    assertThat(index.layerOf("BOOT-INF/lib/a-1-SNAPSHOT.jar")).isEqualTo("snapshot-dependencies");
    assertThat(index.layerOf("org/springframework/boot/loader/A.class"))
        .isEqualTo("spring-boot-loader");
    assertThat(index.layerOf("BOOT-INF/classes/a.yaml")).isEqualTo("resources");
    assertThat(index.layerOf("BOOT-INF/classes/A.class")).isEqualTo("application");
    assertThat(index.layerOf("META-INF/MANIFEST.MF")).isEqualTo("application");
  }
}
