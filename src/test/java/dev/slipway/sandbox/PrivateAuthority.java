package dev.slipway.sandbox;

import static dev.slipway.sandbox.Der.identifier;
import static dev.slipway.sandbox.Der.octets;
import static dev.slipway.sandbox.Der.sequence;
import static dev.slipway.sandbox.Der.set;
import static dev.slipway.sandbox.Der.tagged;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A company's own certificate authority: nobody but who is told so trusts what it signs.
public final class PrivateAuthority {
  private static final byte[] ECDSA = sequence(identifier("1.2.840.10045.4.3.2"));
  private static final String COMMON_NAME = "2.5.4.3";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String OTHER_NAMES = "2.5.29.17";

  private final String name;
  private final KeyPair keys = keys();
  private final AtomicInteger serials = new AtomicInteger(1);
  private final Certificate certificate;

  /// @param until its own certificate is valid for that long from now on; negative: no more
  public PrivateAuthority(String name, Duration until) {
    this.name = name;
    byte[] mayItself =
        sequence(identifier(BASIC_CONSTRAINTS), Der.yes(), octets(sequence(Der.yes())));
    this.certificate = sign(name, keys, until, mayItself);
  }

  /// One that is valid.
  public static PrivateAuthority named(String name) {
    return new PrivateAuthority(name, Duration.ofDays(1));
  }

  /// Its certificate as it is handed out.
  public String pem() {
    return pem("CERTIFICATE", encoded(certificate));
  }

  /// Its key as it is never handed out.
  public String key() {
    return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  /// What a server presents that it has signed.
  ///
  /// @param host whose server, a name or an address
  /// @param until as for the authority
  public SSLContext server(String host, Duration until) {
    KeyPair own = keys();
    byte[] itsName =
        host.matches("[0-9.]+")
            ? tagged(7, false, InetAddress.ofLiteral(host).getAddress())
            : tagged(2, false, host.getBytes(StandardCharsets.US_ASCII));
    Certificate leaf =
        sign(host, own, until, sequence(identifier(OTHER_NAMES), octets(sequence(itsName))));
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      char[] password = "sandbox".toCharArray();
      store.setKeyEntry(
          "server", own.getPrivate(), password, new Certificate[] {leaf, certificate});
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Certificate sign(String subject, KeyPair subjectKeys, Duration until, byte[] extension) {
    Instant end = Instant.now().plus(until);
    byte[] body =
        sequence(
            tagged(0, true, Der.integer(2)),
            Der.integer(serials.getAndIncrement()),
            ECDSA,
            commonName(name),
            sequence(Der.time(end.minus(Duration.ofDays(2))), Der.time(end)),
            commonName(subject),
            subjectKeys.getPublic().getEncoded(),
            tagged(3, true, sequence(extension)));
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(body);
      byte[] whole = sequence(body, ECDSA, Der.bits(signature.sign()));
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(whole));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] commonName(String text) {
    return sequence(set(sequence(identifier(COMMON_NAME), Der.text(text))));
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] encoded(Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String label, byte[] bytes) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(bytes));
  }
}
