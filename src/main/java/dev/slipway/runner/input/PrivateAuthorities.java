package dev.slipway.runner.input;

import dev.slipway.runner.Environment;
import dev.slipway.values.FileContent;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// The authorities of `ca-certificates`, whom every connection trusts beside those that Java knows.
public final class PrivateAuthorities {
  private static final @Nullable KeyStore JAVAS_OWN = null;

  private final List<X509Certificate> certificates;

  private PrivateAuthorities(List<X509Certificate> certificates) {
    this.certificates = certificates;
  }

  /// Reads the input; without it there are none, and nothing is touched.
  ///
  /// @throws dev.slipway.problem.ActionException with all that is wrong with it
  public static PrivateAuthorities in(Environment environment) {
    InputTexts inputs = new InputTexts(environment);
    Optional<String> given = inputs.text(Input.CA_CERTIFICATES);
    if (given.isEmpty()) {
      return new PrivateAuthorities(List.of());
    }
    Optional<FileContent> content =
        new LocalFiles(environment, inputs).smallFile(Input.CA_CERTIFICATES, given.get());
    List<X509Certificate> certificates = new ArrayList<>();
    content.ifPresent(
        file -> certificates.addAll(new PemFile(inputs, given.get()).certificates(file)));
    inputs.throwIfAny();
    return new PrivateAuthorities(List.copyOf(certificates));
  }

  /// Makes every connection of this process trust them: the clients of GitHub, Argo CD, the
  /// runner's tokens, AWS and the registries all ask Java's default context. To be called before
  /// the first connection, for some of them ask once. Certificates are checked as before, host
  /// names too.
  ///
  /// @return these
  public PrivateAuthorities trusted() {
    if (!certificates.isEmpty()) {
      SSLContext.setDefault(context());
    }
    return this;
  }

  private SSLContext context() {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (X509Certificate certificate : roots()) {
        store.setCertificateEntry("authority-" + store.size(), certificate);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trustManagers(store), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("a store in memory takes certificates", e);
    }
  }

  /// These, and those that Java knows.
  List<X509Certificate> roots() throws GeneralSecurityException {
    List<X509Certificate> all = new ArrayList<>(certificates);
    for (TrustManager manager : trustManagers(JAVAS_OWN)) {
      if (manager instanceof X509TrustManager known) {
        all.addAll(List.of(known.getAcceptedIssuers()));
      }
    }
    return all;
  }

  private static TrustManager[] trustManagers(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
