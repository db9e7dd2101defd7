package dev.slipway.registry.engine;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.image.EngineImageName;
import dev.slipway.image.ImageSource.DockerDaemon;
import dev.slipway.problem.ActionException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// An engine that accepts connections and says nothing, or accepts none.
class SilentEngineTest {
  @TempDir private Path folder;

  @Test
  void isNotWaitedForWithoutBound() throws IOException {
    Path socket = folder.resolve("docker.sock");
    Duration soon = Duration.ofMillis(20);
    DockerDaemon image = new DockerDaemon("docker-daemon:a:1", new EngineImageName("a:1"));

    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));

      assertThatExceptionOfType(ActionException.class)
          .isThrownBy(() -> new DockerEngine(socket, soon, soon).check(image))
          .withMessageContaining("`docker-daemon:a:1` cannot be read: the Docker engine does not")
          .withMessageContaining("it was silent for");
    }
  }

  @Test
  @Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
  void isNotWaitedForWhenItAcceptsNobody() throws IOException {
    Path socket = folder.resolve("docker.sock");
    Duration soon = Duration.ofMillis(20);
    DockerDaemon image = new DockerDaemon("docker-daemon:a:1", new EngineImageName("a:1"));

    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        SocketChannel first = SocketChannel.open(StandardProtocolFamily.UNIX);
        SocketChannel second = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket), 1);
      // The line of those who wait to be accepted has one place more than was asked for.
      first.connect(UnixDomainSocketAddress.of(socket));
      second.connect(UnixDomainSocketAddress.of(socket));

      assertThatExceptionOfType(ActionException.class)
          .isThrownBy(() -> new DockerEngine(socket, soon, soon).check(image))
          .withMessageContaining("`docker-daemon:a:1` cannot be read: the Docker engine does not");
    }
  }
}
