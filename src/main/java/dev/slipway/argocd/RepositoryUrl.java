package dev.slipway.argocd;

import dev.slipway.delivery.Expectation.Delivered;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The address of a Git repository, comparable however it is written: SSH or HTTPS, with a user,
/// with `.git`, in any letter case.
///
/// @param canonical `host/path` in lower case
record RepositoryUrl(String canonical) {
  private static final Pattern SCHEME =
      Pattern.compile("[a-z][a-z0-9+.-]*://(?:[^@/]*@)?([^/:]+)(?::\\d*)?/(.*)");
  // https://git-scm.com/docs/git-clone#_git_urls
  private static final Pattern SCP = Pattern.compile("(?:[^@/:]*@)?([^/:]+):(.*)");

  /// Reads any form; what is no address stays as it is, and equals nothing else.
  static RepositoryUrl parse(String url) {
    String text = url.strip().toLowerCase(Locale.ROOT);
    Matcher scheme = SCHEME.matcher(text);
    if (scheme.matches()) {
      return of(scheme.group(1), scheme.group(2));
    }
    Matcher scp = SCP.matcher(text);
    return scp.matches() ? of(scp.group(1), scp.group(2)) : new RepositoryUrl(text);
  }

  /// The GitOps repository.
  static RepositoryUrl of(Delivered delivered) {
    return of(delivered.host(), delivered.repository().toString());
  }

  private static RepositoryUrl of(String host, String path) {
    String trimmed =
        path.toLowerCase(Locale.ROOT).replaceAll("^/+|/+$", "").replaceFirst("\\.git$", "");
    return new RepositoryUrl(hostOf(host.toLowerCase(Locale.ROOT)) + "/" + trimmed);
  }

  // GitHub also answers there, for networks that let only HTTPS ports through:
  // https://docs.github.com/en/authentication/troubleshooting-ssh/using-ssh-over-the-https-port
  private static String hostOf(String host) {
    return host.equals("ssh.github.com") || host.equals("www.github.com") ? "github.com" : host;
  }

  @Override
  public String toString() {
    return canonical;
  }
}
