package dev.slipway.values;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/// JSON as of [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259), without comments.
record JsonFormat() implements Format {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  @Override
  public List<Node> read(String text) throws UnreadableException {
    // The parser knows no byte order mark in text.
    int skipped = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    try (JsonParser parser = FACTORY.createParser(text.substring(skipped).toCharArray())) {
      return oneDocument(documents(parser, skipped));
    } catch (JsonProcessingException e) {
      int line = Optional.ofNullable(e.getLocation()).map(JsonLocation::getLineNr).orElse(0);
      throw notJson(line, " (" + e.getOriginalMessage() + ")");
    } catch (IOException e) {
      throw new UncheckedIOException("memory has no input errors", e);
    }
  }

  private static List<Node> documents(JsonParser parser, int skipped)
      throws IOException, UnreadableException {
    TreeBuilder tree = new TreeBuilder();
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      switch (token) {
        case START_OBJECT -> tree.startMapping(place(parser, skipped));
        case START_ARRAY -> tree.startSequence(place(parser, skipped));
        case END_OBJECT, END_ARRAY -> tree.end();
        default -> tree.scalar(scalar(parser, skipped));
      }
      if (parser.getParsingContext().inRoot()) {
        tree.endDocument();
      }
    }
    return tree.documents();
  }

  private static Node.Place place(JsonParser parser, int skipped) {
    JsonLocation start = parser.currentTokenLocation();
    return Node.Place.of(start.getLineNr(), Math.toIntExact(start.getCharOffset()) + skipped);
  }

  private static Node.Scalar scalar(JsonParser parser, int skipped) throws IOException {
    Node.Place place = place(parser, skipped);
    String value = parser.getText();
    boolean quoted =
        parser.hasToken(JsonToken.VALUE_STRING) || parser.hasToken(JsonToken.FIELD_NAME);
    // The text of anything without quotes is what stands in the file.
    int end =
        quoted
            ? Math.toIntExact(parser.currentLocation().getCharOffset()) + skipped
            : place.start() + value.length();
    return new Node.Scalar(value, quoted ? Node.Style.DOUBLE_QUOTED : Node.Style.PLAIN, end, place);
  }

  private static List<Node> oneDocument(List<Node> documents) throws UnreadableException {
    if (documents.size() > 1) {
      throw notJson(documents.get(1).place().line(), ": a second value follows the first");
    }
    return documents;
  }

  private static UnreadableException notJson(int line, String detail) {
    return new UnreadableException(line, "it is not JSON" + detail, "Correct the file.");
  }

  @Override
  public boolean readsAsText(Node.Scalar scalar) {
    return scalar.style() == Node.Style.DOUBLE_QUOTED;
  }

  @Override
  public String written(Node.Scalar old, String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  @Override
  public boolean allowsTabBehindQuotes() {
    return true;
  }

  @Override
  public Optional<String> objection(String value) {
    return Optional.empty();
  }
}
