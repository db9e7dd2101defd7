package dev.slipway.values;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Files of environment variables, `NAME=value` a line, as docker compose and the dotenv libraries
/// read them. Where those disagree about a text, it is not written.
record DotenvFormat() implements Format {
  private static final Pattern READ_DIFFERENTLY = Pattern.compile("[\\\\$`'\"]");
  private static final Pattern SAFE_WITHOUT_QUOTES = Pattern.compile("[^\\s#]+");

  @Override
  public List<Node> read(String text) throws UnreadableException {
    return new DotenvReader(text).read();
  }

  /// There is nothing but text in such a file.
  @Override
  public boolean readsAsText(Node.Scalar scalar) {
    return true;
  }

  @Override
  public String written(Node.Scalar old, String value) {
    return switch (old.style()) {
      case SINGLE_QUOTED -> "'" + value + "'";
      case DOUBLE_QUOTED, BLOCK -> '"' + value + '"';
      case PLAIN, MISSING ->
          SAFE_WITHOUT_QUOTES.matcher(value).matches() ? value : '"' + value + '"';
    };
  }

  @Override
  public boolean allowsTabBehindQuotes() {
    return true;
  }

  @Override
  public Optional<String> objection(String value) {
    return READ_DIFFERENTLY.matcher(value).find()
        ? Optional.of("readers of such files disagree about quotes, backslashes and `$` in a value")
        : Optional.empty();
  }
}
