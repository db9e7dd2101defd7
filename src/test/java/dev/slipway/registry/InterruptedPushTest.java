package dev.slipway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.problem.ActionException;
import dev.slipway.sandbox.RecordingProxy.Request;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.WireFault;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// A push whose connections are cut at one of its requests and stay cut, as when a job is cancelled
/// or a network goes away; and the push after it.
class InterruptedPushTest {
  private static final Pattern COMMIT = Pattern.compile("digest=(sha256(?::|%3A)[0-9a-f]{64})");
  private static final int MOST_REQUESTS = 40;

  private static RegistryServer server;

  private final MadeImage image = MadeImage.withIndexes(1, 40_000);

  @BeforeAll
  static void startServer() {
    server = RegistryServer.open();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> finishesWithoutSendingAFinishedBlobAgain() {
    int requests = countRequests();
    assertThat(requests).isBetween(20, MOST_REQUESTS);
    return Stream.iterate(1, cut -> cut <= requests, cut -> cut + 1)
        .map(cut -> DynamicTest.dynamicTest("cut at request " + cut, () -> interrupt(cut)));
  }

  private int countRequests() {
    try (PushSandbox sandbox = new PushSandbox(server)) {
      sandbox.push(image, "interrupted/never", "1.0.0", "latest");
      return sandbox.proxy.requests().size();
    }
  }

  private void interrupt(int cut) {
    String repository = "interrupted/at-" + cut;
    Set<String> finished;
    try (PushSandbox first = new PushSandbox(server)) {
      first.proxy.always(new Cut(cut));
      assertThatExceptionOfType(ActionException.class)
          .isThrownBy(() -> first.push(image, repository, "1.0.0", "latest"));
      finished = finishedBlobs(first, repository);
    }
    try (PushSandbox second = new PushSandbox(server)) {
      Pushed pushed = second.push(image, repository, "1.0.0", "latest");

      assertThat(pushed.digest()).isEqualTo(image.digest());
      assertThat(List.of("1.0.0", "latest"))
          .allSatisfy(tag ->
              assertThat(second.get(repository + "/manifests/" + tag).body())
                  .isEqualTo(image.manifest()));
      assertThat(commits(second)).noneMatch(finished::contains);
    }
  }

  /// Large blobs that the first push brought to an end; tiny ones are sent unasked.
  private Set<String> finishedBlobs(PushSandbox sandbox, String repository) {
    Set<String> finished = ConcurrentHashMap.newKeySet();
    image
        .blobs()
        .forEach(source -> {
          boolean large = source.sizeHint() > RegistryConnection.SENT_UNASKED;
          String digest = MadeImage.digestOf(source).value();
          if (large && sandbox.get(repository + "/blobs/" + digest).statusCode() == 200) {
            finished.add(digest);
          }
        });
    return finished;
  }

  private static List<String> commits(PushSandbox sandbox) {
    return sandbox.proxy.requests().stream()
        .filter(request -> request.is("PUT", "/blobs/uploads/"))
        .map(request -> COMMIT.matcher(request.path()))
        .filter(Matcher::find)
        .map(digest -> digest.group(1).replace("%3A", ":"))
        .toList();
  }

  /// Loses the answer to one request, and lets nothing through after it.
  private static final class Cut implements Function<Request, Optional<WireFault>> {
    private final AtomicInteger seen = new AtomicInteger();
    private final int at;

    Cut(int at) {
      this.at = at;
    }

    @Override
    public Optional<WireFault> apply(Request request) {
      int number = seen.incrementAndGet();
      if (number < at) {
        return Optional.empty();
      }
      return Optional.of(
          number == at ? new WireFault.LoseAnswer() : new WireFault.ResetAfter(1_000));
    }
  }
}
