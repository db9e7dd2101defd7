package dev.slipway.sandbox;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// A GitHub in memory on a loopback port: repositories with real git names, the REST and GraphQL
/// that Slipway uses, tokens, rules, and a journal of every request.
///
/// Set it up, let something run against [#apiUrl()], then look at the repositories and at
/// [#requests()].
public final class FakeGitHub implements AutoCloseable {
  /// What a token may do in a repository; each includes the ones before it.
  public enum Grant {
    /// Not even see it.
    NONE,
    READ,
    /// Write branches, but no pull requests and no deployments.
    CONTENTS,
    WRITE
  }

  private final WireMockServer server;
  private final Map<String, FakeRepository> repositories = new LinkedHashMap<>();
  private final FakeTokens tokens = new FakeTokens();
  private final List<RecordedRequest> requests = new ArrayList<>();
  private final List<Expected> faults = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  private record Expected(Predicate<RecordedRequest> request, Fault fault) {}

  private FakeGitHub() {
    server =
        new WireMockServer(
            WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .disableRequestJournal()
                .extensions(new FakeServer(this)));
    server.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.aResponse()));
  }

  /// Starts on a free port.
  public static FakeGitHub start() {
    FakeGitHub gitHub = new FakeGitHub();
    gitHub.server.start();
    return gitHub;
  }

  /// The address of the REST API; GraphQL is at `/graphql` below it.
  public URI apiUrl() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /// The repository of this name, made when there is none.
  ///
  /// @param fullName `owner/name`
  public synchronized FakeRepository repository(String fullName) {
    return repositories.computeIfAbsent(fullName, FakeRepository::new);
  }

  /// Lets it be known by another name too, as after a rename.
  public synchronized FakeGitHub renamed(String from, String to) {
    repositories.put(from, repository(to));
    return this;
  }

  Optional<FakeRepository> find(String fullName) {
    return Optional.ofNullable(repositories.get(fullName));
  }

  /// Makes `token` valid, and says what it may do in a repository.
  public synchronized FakeGitHub grant(String token, String repository, Grant grant) {
    tokens.grant(token, repository, grant);
    return this;
  }

  /// Makes `token` invalid.
  public synchronized FakeGitHub revoke(String token) {
    tokens.revoke(token);
    return this;
  }

  /// The organization asks for single sign-on, and `token` is not authorized for it.
  public synchronized FakeGitHub withoutSingleSignOn(String token) {
    tokens.withoutSingleSignOn(token);
    return this;
  }

  FakeTokens tokens() {
    return tokens;
  }

  /// Lets the next request that matches go wrong, once. Called again, also the one after it.
  ///
  /// @param request a part of [RecordedRequest#toString()], e.g. `mutation MoveBranch`
  public synchronized FakeGitHub fault(String request, Fault fault) {
    faults.add(new Expected(recorded -> recorded.toString().contains(request), fault));
    return this;
  }

  /// Keeps a request in the journal, and says what is to go wrong with it.
  synchronized Optional<Fault> record(RecordedRequest request) {
    requests.add(request);
    for (Expected expected : faults) {
      if (expected.request().test(request)) {
        faults.remove(expected);
        return Optional.of(expected.fault());
      }
    }
    return Optional.empty();
  }

  /// Every request so far.
  public synchronized List<RecordedRequest> requests() {
    return List.copyOf(requests);
  }

  /// Every request so far that was to change something.
  public synchronized List<RecordedRequest> writes() {
    return requests.stream().filter(RecordedRequest::write).toList();
  }

  /// Empties the journal.
  public synchronized void forgetRequests() {
    requests.clear();
  }

  /// Keeps what is against GitHub's description.
  synchronized void wrong(List<String> sentences) {
    wrong.addAll(sentences);
  }

  /// Stops it.
  ///
  /// @throws AssertionError when a request or an answer was against GitHub's own description
  @Override
  public void close() {
    server.stop();
    if (!wrong.isEmpty()) {
      throw new AssertionError(String.join("\n", wrong.stream().distinct().toList()));
    }
  }
}
