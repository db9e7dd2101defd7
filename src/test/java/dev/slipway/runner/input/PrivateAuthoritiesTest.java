package dev.slipway.runner.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.runner.Variables;
import dev.slipway.sandbox.PrivateAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tests what may be in the file of `ca-certificates`, and what is said of what may not.
class PrivateAuthoritiesTest {
  private static final PrivateAuthority COMPANY = PrivateAuthority.named("Company");

  @TempDir private Path folder;
  private Path workspace;

  @BeforeEach
  void makeTheWorkspace() throws IOException {
    workspace = Files.createDirectory(folder.toRealPath().resolve("workspace"));
    Files.writeString(folder.resolve("outside.pem"), COMPANY.pem());
  }

  @Test
  void readsSeveralCertificatesWithTextAroundThem() {
    String pem =
        "# ours\n%s\nsubject=CN = Other\r\n%s"
            .formatted(COMPANY.pem(), PrivateAuthority.named("Other").pem().replace("\n", "\r\n"));

    assertThatCode(() -> read(pem)).doesNotThrowAnyException();
  }

  @Test
  void keepsTheAuthoritiesThatJavaKnows() throws Exception {
    TrustManagerFactory javas =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    javas.init((KeyStore) null);
    X509Certificate[] known = ((X509TrustManager) javas.getTrustManagers()[0]).getAcceptedIssuers();

    List<X509Certificate> roots = read(COMPANY.pem()).roots();

    assertThat(roots).hasSize(known.length + 1).contains(known);
    assertThat(known).hasSizeGreaterThan(50);
  }

  @Test
  void touchesNothingWithoutTheInput() throws Exception {
    SSLContext before = SSLContext.getDefault();

    PrivateAuthorities.in(Variables.ofRun()).trusted();

    assertThat(SSLContext.getDefault()).isSameAs(before);
  }

  @Test
  void refusesAPrivateKeyAndDoesNotQuoteIt() {
    Problem problem = problem(COMPANY.pem() + COMPANY.key());

    assertThat(problem.what()).isEqualTo("The input `ca-certificates` cannot be `ca.pem`");
    assertThat(problem.why()).contains("private key");
    assertThat(problem.toString()).doesNotContain(COMPANY.key().lines().toList().get(1));
  }

  @Test
  void refusesAnExpiredCertificateByItsName() {
    PrivateAuthority old = new PrivateAuthority("Old Company", Duration.ofDays(-1));

    assertThat(problem(COMPANY.pem() + old.pem()).why())
        .contains("`CN=Old Company`")
        .contains("expired");
  }

  @Test
  void refusesACertificateOfTheFuture() {
    PrivateAuthority coming = new PrivateAuthority("New Company", Duration.ofDays(9));

    assertThat(problem(coming.pem()).why())
        .contains("`CN=New Company`")
        .contains("valid only from");
  }

  @Test
  void refusesWhatHoldsNoCertificate() {
    assertThat(problem("").why()).contains("no certificate");
    assertThat(problem("hello").fix()).contains("BEGIN CERTIFICATE");
    assertThat(problem("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n").why())
        .contains("PUBLIC KEY");
  }

  @Test
  void refusesADamagedCertificateBesideAGoodOne() {
    String whole = COMPANY.pem();

    assertThat(problem(whole + whole.substring(0, 200)).why()).contains("cut off");
    assertThat(problem(whole + whole.replaceFirst("(?s)\nMII.{40}", "\n")).why())
        .isEqualTo("certificate 2 in it is damaged");
    assertThat(problem(whole.replace("END CERTIFICATE", "END CERTIFICATES")).why())
        .contains("cut off");
  }

  @Test
  void refusesAFileThatIsTooLargeOrOutside() throws IOException {
    Files.createSymbolicLink(workspace.resolve("link.pem"), folder.resolve("outside.pem"));

    assertThat(problem(COMPANY.pem() + " ".repeat(1024 * 1024)).why()).contains("1 MiB");
    assertThat(problemOf("link.pem").why()).contains("outside the workspace");
    assertThat(problemOf("../outside.pem").why()).contains("outside the workspace");
    assertThat(problemOf("none.pem").why()).contains("no such file");
  }

  private PrivateAuthorities read(String pem) {
    try {
      Files.writeString(workspace.resolve("ca.pem"), pem);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return at("ca.pem");
  }

  private PrivateAuthorities at(String given) {
    return PrivateAuthorities.in(
        Variables.ofRun().inWorkspace(workspace).with(Input.CA_CERTIFICATES, given));
  }

  private Problem problem(String pem) {
    return only(catchThrowableOfType(ActionException.class, () -> read(pem)));
  }

  private Problem problemOf(String given) {
    return only(catchThrowableOfType(ActionException.class, () -> at(given)));
  }

  private static Problem only(ActionException refused) {
    List<Problem> problems = Objects.requireNonNull(refused).problems();
    assertThat(problems).hasSize(1);
    return problems.getFirst();
  }
}
