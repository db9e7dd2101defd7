package dev.slipway.runner.input;

import dev.slipway.delivery.Inputs.AwsRole;
import dev.slipway.delivery.Loopback;
import dev.slipway.delivery.Secret;
import dev.slipway.runner.Environment;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/// The role to assume with the job's own token, and the door where the runner gives that out.
final class RoleInput {
  private static final String URL = "ACTIONS_ID_TOKEN_REQUEST_URL";
  private static final String TOKEN = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";
  private static final Pattern ROLE =
      Pattern.compile("arn:aws(-[a-z]+)*:iam::[0-9]{12}:role/[\\w+=,.@/-]{1,576}");
  // What AWS allows:
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
  private static final Pattern NOT_IN_A_SESSION = Pattern.compile("[^\\w+=,.@-]");
  private static final int LONGEST_SESSION = 64;
  // What a header may hold; the HTTP client would quote a value that it refuses.
  private static final Pattern BEARER = Pattern.compile("[A-Za-z0-9._~+/=-]+");

  private final InputTexts inputs;
  private final Environment environment;

  RoleInput(InputTexts inputs, Environment environment) {
    this.inputs = inputs;
    this.environment = environment;
  }

  /// The role, and what it takes to assume it.
  ///
  /// @param asked whether anything needs AWS; otherwise the job needs no token
  Optional<AwsRole> read(boolean asked) {
    Optional<String> arn =
        inputs.parsed(
            Input.ROLE_TO_ASSUME,
            RoleInput::arn,
            "Write the whole ARN, such as `arn:aws:iam::123456789012:role/deploy`.");
    if (!asked) {
      return Optional.empty();
    }
    Optional<URI> url = environment.text(URL).flatMap(this::address);
    Optional<Secret> token =
        environment.text(TOKEN).filter(text -> BEARER.matcher(text).matches()).map(Secret::new);
    if (environment.text(URL).isEmpty() || token.isEmpty()) {
      inputs.add(
          "The job cannot ask for the OIDC token that `role-to-assume` needs",
          "the runner has not set %s and %s".formatted(URL, TOKEN),
          "Give the job `permissions: id-token: write`; GitHub gives no such token to a fork's pull"
              + " request.");
    }
    return arn.flatMap(
        role -> url.flatMap(door -> token.map(key -> new AwsRole(role, session(), door, key))));
  }

  private static String arn(String text) {
    if (!ROLE.matcher(text).matches()) {
      throw new IllegalArgumentException("it is not the ARN of a role");
    }
    return text;
  }

  /// Anybody who can set a variable could otherwise have the token sent to himself in the clear.
  private Optional<URI> address(String text) {
    try {
      URI url = new URI(text);
      String host = Optional.ofNullable(url.getHost()).orElse("");
      boolean safe = "https".equals(url.getScheme()) && !host.isEmpty();
      boolean here = "http".equals(url.getScheme()) && Loopback.isHost(host);
      if ((safe || here) && url.getRawUserInfo() == null && url.getRawFragment() == null) {
        return Optional.of(url);
      }
    } catch (URISyntaxException _) {
      // Reported below, like every other address that is none.
    }
    inputs.add(
        "The variable %s cannot be used".formatted(URL),
        "it is not an `https://` address",
        "The runner sets it; look for a step that overwrites it.");
    return Optional.empty();
  }

  /// CloudTrail leads back to the run by this name.
  private String session() {
    String repository = environment.text("GITHUB_REPOSITORY").orElse("").replaceFirst(".*/", "");
    String end = "-" + environment.text("GITHUB_RUN_ID").orElse("0");
    String name = NOT_IN_A_SESSION.matcher("slipway-" + repository).replaceAll("-");
    int room = Math.max(0, LONGEST_SESSION - end.length());
    String whole = name.substring(0, Math.min(name.length(), room)) + end;
    return whole.substring(0, Math.min(whole.length(), LONGEST_SESSION));
  }
}
