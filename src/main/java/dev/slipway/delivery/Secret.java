package dev.slipway.delivery;

/// A value that must never be shown: a token, a password, a key. Prints `***`.
///
/// Only edges may call [#reveal()]; an architecture test holds that.
public final class Secret {
  private final String value;

  public Secret(String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a secret cannot be blank");
    }
    this.value = value;
  }

  /// The value itself, for the request that needs it.
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
