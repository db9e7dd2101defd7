package dev.slipway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.delivery.Inputs;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.Secret;
import dev.slipway.delivery.Ticker;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;

/// A server that answers a byte at a time, each of them in time.
class SlowAnswerTest {
  private static final Duration LIMIT = Duration.ofMillis(300);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nX-Slow: ",
        "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n",
        "HTTP/1.1 400 No\r\nContent-Length: 100000\r\n\r\n"
      })
  @Timeout(30)
  void isNotWaitedForLongerThanOneAnswerMayTake(String beginning) throws IOException {
    AtomicBoolean left = new AtomicBoolean();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      Thread.ofVirtual().start(() -> dribble(server, beginning, left));
      JsonApi api =
          new JsonApi(
              access(URI.create("http://127.0.0.1:" + server.getLocalPort())),
              Region.EU_CENTRAL_1,
              new JsonApi.Name("ecs", "AmazonEC2ContainerServiceV20141113"));

      assertThatThrownBy(() -> api.call("DescribeServices", JsonNodeFactory.instance.objectNode()))
          .isInstanceOf(SdkClientException.class);

      assertThat(left).as("the server gave up first").isFalse();
    }
  }

  private static AwsAccess access(URI endpoint) {
    return new AwsAccess(
        new Inputs.Aws(
            Optional.of(
                new Inputs.AwsKeys(new Secret("AKIAEXAMPLE"), new Secret("k"), Optional.empty())),
            Optional.empty(),
            Optional.of(endpoint)),
        _ -> {},
        new Pace(Ticker.system(), LIMIT));
  }

  private static void dribble(ServerSocket server, String beginning, AtomicBoolean left) {
    try (Socket client = server.accept();
        OutputStream out = client.getOutputStream()) {
      out.write(beginning.getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < 300; i++) {
        out.write(' ');
        LockSupport.parkNanos(LIMIT.toNanos() / 10);
      }
      left.set(true);
    } catch (IOException _) {
      // The client hung up, as it shall.
    }
  }
}
