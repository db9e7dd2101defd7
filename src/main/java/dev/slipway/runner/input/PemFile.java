package dev.slipway.runner.input;

import dev.slipway.values.FileContent;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file of certificates in the [textual encoding](https://www.rfc-editor.org/rfc/rfc7468), and
/// the collector's view of what is wrong with it.
final class PemFile {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----");
  private static final String BEGIN = "-----BEGIN ";
  private static final String WRITE =
      "Let the file hold certificates only, each from `-----BEGIN CERTIFICATE-----` to `-----END"
          + " CERTIFICATE-----`.";

  private final InputTexts inputs;
  private final String name;

  /// @param name as the author gave it
  PemFile(InputTexts inputs, String name) {
    this.inputs = inputs;
    this.name = name;
  }

  /// Every certificate that can be used; a problem for everything else in the file.
  List<X509Certificate> certificates(FileContent file) {
    String text = new String(file.bytes(), StandardCharsets.ISO_8859_1);
    List<X509Certificate> certificates = new ArrayList<>();
    int blocks = 0;
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      blocks++;
      certificate(block.group(1), block.group(2), blocks).ifPresent(certificates::add);
    }
    if (blocks == 0 && !text.contains(BEGIN)) {
      wrong(
          "there is no certificate in it",
          WRITE + " `openssl x509 -inform der` turns a binary one into that.");
    } else if (text.split(BEGIN, -1).length - 1 != blocks) {
      wrong("a certificate in it is cut off or damaged", WRITE);
    }
    return certificates;
  }

  private Optional<X509Certificate> certificate(String label, String base64, int number) {
    if (label.endsWith("PRIVATE KEY")) {
      wrong(
          "it holds a private key, and whoever can read this workspace has it now",
          "Remove the key, and replace it and its certificate where they are used. " + WRITE);
      return Optional.empty();
    }
    if (!label.equals("CERTIFICATE")) {
      wrong("block %d in it is no certificate but %s".formatted(number, label), WRITE);
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(base64);
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(bytes));
      return isValid(certificate) ? Optional.of(certificate) : Optional.empty();
    } catch (CertificateException | IllegalArgumentException _) {
      wrong("certificate %d in it is damaged".formatted(number), WRITE);
      return Optional.empty();
    }
  }

  private boolean isValid(X509Certificate certificate) {
    try {
      certificate.checkValidity();
      return true;
    } catch (CertificateExpiredException _) {
      wrong(
          "the certificate of `%s` in it has expired on %s"
              .formatted(subject(certificate), certificate.getNotAfter().toInstant()),
          "Replace it by the authority's new one, or remove it.");
    } catch (CertificateNotYetValidException _) {
      wrong(
          "the certificate of `%s` in it is valid only from %s on"
              .formatted(subject(certificate), certificate.getNotBefore().toInstant()),
          "Set the clock of the runner; or wait, with the old certificate beside the new one.");
    }
    return false;
  }

  private static String subject(X509Certificate certificate) {
    return InputTexts.shown(certificate.getSubjectX500Principal().getName());
  }

  private void wrong(String why, String fix) {
    inputs.wrong(Input.CA_CERTIFICATES, name, why, fix);
  }
}
