package dev.slipway.problem;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Why the certificate of a server is not accepted, and how to fix it: the same words for every
/// server that Slipway speaks to.
///
/// @param why the end of a sentence about the server
public record UntrustedServer(String why, String fix) {
  /// What the certificate's checks say along the causes of `failure`; empty when it is about
  /// something else.
  public static Optional<UntrustedServer> in(@Nullable Throwable failure) {
    Optional<UntrustedServer> found = Optional.empty();
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof GeneralSecurityException refusal
          && (found.isEmpty() || isTelling(refusal))) {
        found = Optional.of(of(refusal));
      }
    }
    return found;
  }

  private static boolean isTelling(GeneralSecurityException refusal) {
    return refusal instanceof CertPathBuilderException || isAboutTime(refusal);
  }

  private static boolean isAboutTime(GeneralSecurityException refusal) {
    return refusal instanceof CertificateExpiredException
        || refusal instanceof CertificateNotYetValidException;
  }

  private static UntrustedServer of(GeneralSecurityException refusal) {
    String said = String.valueOf(refusal.getMessage()).lines().findFirst().orElse("");
    if (refusal instanceof CertPathBuilderException) {
      return new UntrustedServer(
          "its certificate was signed by no authority that is trusted here (%s)".formatted(said),
          "If a private authority signed it, name the file with that authority's certificate in the"
              + " input `ca-certificates`; if not, something on the way answers in the server's"
              + " place");
    }
    if (isAboutTime(refusal)) {
      return new UntrustedServer(
          "its certificate is out of date (%s)".formatted(said),
          "Renew the server's certificate; if it is new, set the clock of the runner");
    }
    if (isAboutTheName(refusal, said)) {
      return new UntrustedServer(
          "its certificate is for another host (%s)".formatted(said),
          "Use a name of the server that its certificate has, or give it a certificate for this one;"
              + " `ca-certificates` changes nothing here");
    }
    return new UntrustedServer(
        "its certificate is not accepted (%s)".formatted(said),
        "Give the server another certificate; see `ca-certificates` for one of a private authority");
  }

  /// Java has no kind of its own for that: "No subject alternative DNS name matching ..." or "No
  /// name matching ...".
  private static boolean isAboutTheName(GeneralSecurityException refusal, String said) {
    return refusal.getClass() == CertificateException.class && said.startsWith("No ");
  }
}
