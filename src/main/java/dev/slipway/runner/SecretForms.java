package dev.slipway.runner;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The forms in which a secret may turn up in a text: as it is, inside Base64, in a URL, in JSON,
/// in XML.
public final class SecretForms {
  /// Shorter texts are no secrets, and hiding them would make a log unreadable.
  public static final int SHORTEST = 4;

  // Shorter pieces of Base64 turn up by chance.
  private static final int SHORTEST_BASE64 = 8;

  private static final Pattern URL_ESCAPE = Pattern.compile("%[0-9A-F]{2}");

  private SecretForms() {}

  /// All forms of `secret`, line by line. Empty for one that is too short to be a secret.
  public static Set<String> of(String secret) {
    Set<String> forms = new LinkedHashSet<>();
    addBase64(forms, secret);
    secret
        .lines()
        .map(Blanks::trim)
        .filter(line -> line.length() >= SHORTEST)
        .forEach(line -> addForms(forms, line));
    return forms;
  }

  private static void addForms(Set<String> forms, String line) {
    String form = URLEncoder.encode(line, StandardCharsets.UTF_8);
    forms.add(line);
    forms.add(form);
    forms.add(form.replace("+", "%20"));
    forms.add(lowerCaseEscapes(form));
    forms.add(line.replace("\\", "\\\\").replace("\"", "\\\""));
    forms.add(line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    addBase64(forms, line);
  }

  private static String lowerCaseEscapes(String urlEncoded) {
    return URL_ESCAPE
        .matcher(urlEncoded)
        .replaceAll(escape -> escape.group().toLowerCase(Locale.ROOT));
  }

  /// Base64 works on groups of three bytes: where a secret stands inside a longer text, as in
  /// `user:password`, its groups may begin at its first, second or third byte.
  private static void addBase64(Set<String> forms, String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < SHORTEST) {
      return;
    }
    addBase64(forms, bytes);
    for (int skipped = 0; skipped < 3; skipped++) {
      int whole = (bytes.length - skipped) / 3 * 3;
      addBase64(forms, Arrays.copyOfRange(bytes, skipped, skipped + whole));
    }
  }

  private static void addBase64(Set<String> forms, byte[] bytes) {
    String encoded = Base64.getEncoder().encodeToString(bytes);
    if (encoded.length() >= SHORTEST_BASE64) {
      forms.add(encoded);
      forms.add(Base64.getUrlEncoder().encodeToString(bytes));
    }
  }
}
