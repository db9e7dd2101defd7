package dev.slipway.registry;

import com.google.cloud.tools.jib.http.PlainHttpRefused;
import com.google.cloud.tools.jib.http.ResponseException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// What stopped a call to a registry, in one shape whatever noticed it first. Does not leave this
/// package: [RegistryProblems] makes a problem of it.
final class RegistryFailure extends Exception {
  private static final long serialVersionUID = 1L;

  // Exceptions are serializable by inheritance; nobody serializes this one.
  private final transient Optional<RegistryAnswer> answer;
  private final int attempts;
  private final Exception reason;

  private RegistryFailure(Optional<RegistryAnswer> answer, int attempts, Exception reason) {
    super(reason);
    this.answer = answer;
    this.attempts = attempts;
    this.reason = reason;
  }

  /// What a call came to.
  ///
  /// @param reason what Jib, the network or the image's bytes threw
  /// @param attempts how often it was tried by now
  static RegistryFailure of(Exception reason, int attempts, Instant now) {
    Optional<RegistryAnswer> answer =
        find(ResponseException.class, reason).map(refusal -> RegistryAnswer.of(refusal, now));
    return new RegistryFailure(answer, attempts, reason);
  }

  /// What the registry said; empty when it could not be asked, or its answer made no sense.
  Optional<RegistryAnswer> answer() {
    return answer;
  }

  /// What was thrown.
  Exception reason() {
    return reason;
  }

  /// How often the call was tried.
  int attempts() {
    return attempts;
  }

  boolean hasStatus(int status) {
    return answer.stream().anyMatch(given -> given.status() == status);
  }

  /// Whether the same call can succeed a moment later.
  boolean mayPass() {
    return answer.map(RegistryAnswer::mayPass).orElseGet(this::isPassingIoFault);
  }

  /// The first of that kind along the causes.
  <T extends Throwable> Optional<T> cause(Class<T> kind) {
    return find(kind, reason);
  }

  private boolean isPassingIoFault() {
    return cause(IOException.class).isPresent()
        && cause(MalformedURLException.class).isEmpty()
        && cause(ForeignServer.class).isEmpty()
        && cause(PlainHttpRefused.class).isEmpty()
        && cause(SizedContent.Unreadable.class).isEmpty()
        && cause(SourceFailure.class).stream().allMatch(SourceFailure::mayPass)
        && cause(CertificateException.class).isEmpty()
        && cause(SSLPeerUnverifiedException.class).isEmpty();
  }

  private static <T extends Throwable> Optional<T> find(Class<T> kind, Throwable from) {
    for (@Nullable Throwable cause = from; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return Optional.of(kind.cast(cause));
      }
    }
    return Optional.empty();
  }
}
