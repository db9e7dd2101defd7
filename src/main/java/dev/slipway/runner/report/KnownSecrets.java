package dev.slipway.runner.report;

import dev.slipway.runner.SecretForms;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// Every secret that must not be printed, in the forms in which it may turn up. Safe for several
/// threads.
final class KnownSecrets {
  private static final String HIDDEN = "***";

  // The longest first, so that a scan meets the whole secret before a part of it.
  private volatile List<String> forms = List.of();

  /// Adds all forms of `secret`.
  synchronized void add(String secret) {
    Collection<String> all =
        new TreeSet<>(
            Comparator.comparingInt(String::length)
                .reversed()
                .thenComparing(Comparator.naturalOrder()));
    all.addAll(forms);
    all.addAll(SecretForms.of(secret));
    forms = List.copyOf(all);
  }

  /// The length of the longest form.
  int longest() {
    List<String> current = forms;
    return current.isEmpty() ? 0 : current.getFirst().length();
  }

  /// `text` with every secret in it replaced by `***`. Secrets that overlap become one `***`.
  String hide(String text) {
    boolean[] secret = new boolean[text.length()];
    boolean found = false;
    for (String form : forms) {
      for (int at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
        Arrays.fill(secret, at, at + form.length(), true);
        found = true;
      }
    }
    return found ? replaced(text, secret) : text;
  }

  private static String replaced(String text, boolean[] secret) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (!secret[i]) {
        shown.append(text.charAt(i));
      } else if (i == 0 || !secret[i - 1]) {
        shown.append(HIDDEN);
      }
    }
    return shown.toString();
  }
}
