package dev.slipway.sandbox;

import dev.slipway.sandbox.FakeAws.Reply;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// AWS STS, and the service that gives a job its OIDC token. Both do what is right until they are
/// told to do something else first.
public final class FakeSts {
  /// What opens the runner's token service.
  public static final String REQUEST_TOKEN = "canary-id-token-request-token";

  /// What no output may show of the job's token.
  public static final String SIGNATURE = "canary-signature-of-the-job-token";

  private static final String CLAIMS =
      """
      {"sub":"repo:acme/shop:environment:production","aud":"sts.amazonaws.com","repository":"acme/shop","ref":"refs/heads/main","environment":"production","jti":"7"}
      """;

  private final Deque<Integer> tokenFaults = new ArrayDeque<>();
  private final Deque<Reply> faults = new ArrayDeque<>();
  private final List<String> queries = new ArrayList<>();
  private final List<String> sessions = new ArrayList<>();
  private Duration lifetime = Duration.ofHours(1);

  /// Lets the token service answer with this status once.
  public synchronized FakeSts tokenFault(int status) {
    tokenFaults.add(status);
    return this;
  }

  /// Refuses so many times.
  public synchronized FakeSts refuse(int times, int status, String code, String message) {
    for (int i = 0; i < times; i++) {
      faults.add(
          new Reply(
              status,
              "text/xml",
              "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>r</RequestId></ErrorResponse>"
                  .formatted(code, message)));
    }
    return this;
  }

  /// How long credentials last from now on.
  public synchronized void lifetime(Duration time) {
    lifetime = time;
  }

  /// The queries that asked for a token.
  public synchronized List<String> queries() {
    return List.copyOf(queries);
  }

  /// The role and session name of every role assumed.
  public synchronized List<String> sessions() {
    return List.copyOf(sessions);
  }

  synchronized Reply token(String query, String authorization) {
    queries.add(query);
    Integer fault = tokenFaults.poll();
    if (fault != null) {
      return new Reply(fault, "text/plain", "out of order");
    }
    if (!authorization.equals("Bearer " + REQUEST_TOKEN)) {
      return new Reply(401, "text/plain", "who are you");
    }
    return new Reply(200, "application/json", "{\"value\":\"%s\"}".formatted(jwt()));
  }

  private static String jwt() {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return "%s.%s.%s"
        .formatted(
            base64.encodeToString("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8)),
            base64.encodeToString(CLAIMS.getBytes(StandardCharsets.UTF_8)),
            SIGNATURE);
  }

  synchronized Reply assume(String form, String authorization) {
    Reply fault = faults.poll();
    if (fault != null) {
      return fault;
    }
    if (!authorization.isEmpty() || !value(form, "WebIdentityToken").equals(Optional.of(jwt()))) {
      return new Reply(
          400,
          "text/xml",
          "<ErrorResponse><Error><Code>InvalidIdentityToken</Code><Message>no</Message></Error></ErrorResponse>");
    }
    sessions.add(
        value(form, "RoleArn").orElse("") + " " + value(form, "RoleSessionName").orElse(""));
    return new Reply(
        200,
        "text/xml",
        """
        <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>%s</AccessKeyId><SecretAccessKey>%s</SecretAccessKey><SessionToken>%s</SessionToken><Expiration>%s</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>
        """
            .formatted(
                FakeEcr.KEY_ID,
                FakeEcr.SECRET_KEY,
                FakeEcr.SESSION_TOKEN,
                Instant.now().plus(lifetime)));
  }

  private static Optional<String> value(String form, String name) {
    for (String pair : form.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return Optional.of(
            URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
      }
    }
    return Optional.empty();
  }
}
