package dev.slipway.values;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads YAML into nodes that know their exact place in the text, event by event: composing would
/// resolve aliases, drop duplicate keys and recurse.
final class YamlReader {
  private static final String HIDDEN_BREAKS = "\u0085\u2028\u2029";

  private final String text;
  private final CodePoints codePoints;
  private final TreeBuilder tree = new TreeBuilder();

  /// Where the last scalar ended.
  private int lastEnd;

  /// Up to where the text holds nothing that readers of YAML 1.1 take for a line break.
  private int oneLineEnd;

  private YamlReader(String text) {
    this.text = text;
    this.codePoints = new CodePoints(text);
  }

  /// The outermost node of each document.
  static List<Node> read(String text) throws UnreadableException {
    try {
      return new YamlReader(text).documents();
    } catch (MarkedYamlEngineException e) {
      throw notYaml(
          text, e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0), e.getProblem());
    } catch (YamlEngineException e) {
      throw notYaml(text, 0, String.valueOf(e.getMessage()));
    } catch (NumberFormatException e) {
      // What the parser throws for an escape without its digits.
      throw notYaml(text, 0, "a `\\x`, `\\u` or `\\U` in double quotes lacks its digits");
    }
  }

  private static UnreadableException notYaml(String text, int line, String problem) {
    if (text.contains("{{")) {
      return new UnreadableException(
          line,
          "it is not YAML but a template with `{{ ... }}` in it (%s)".formatted(problem),
          "Name the file that the template takes the value from, the chart's `values.yaml` say.");
    }
    return new UnreadableException(
        line,
        "it is not YAML (%s)".formatted(problem),
        problem.contains("(TAB)") ? "Replace the tab by blanks." : "Correct the file.");
  }

  private List<Node> documents() throws UnreadableException {
    for (Event event : new Parse(settings()).parseString(text)) {
      switch (event.getEventId()) {
        case Scalar -> tree.scalar(scalar((ScalarEvent) event));
        case MappingStart, SequenceStart -> start((CollectionStartEvent) event);
        case MappingEnd, SequenceEnd -> tree.end();
        case Alias -> alias((AliasEvent) event);
        case DocumentEnd -> tree.endDocument();
        case StreamStart, StreamEnd, DocumentStart, Comment -> {}
      }
    }
    refuseHiddenBreaks(text.length());
    return tree.documents();
  }

  /// One buffer for the whole text: the parser fails where a piece ends within a surrogate pair.
  private LoadSettings settings() {
    return LoadSettings.builder().setUseMarks(true).setBufferSize(text.length() + 1).build();
  }

  private Node.Scalar scalar(ScalarEvent event) throws UnreadableException {
    int end = index(event.getEndMark());
    int start = behindProperties(event, end);
    Node.Style style = isMissing(event, start) ? Node.Style.MISSING : style(event);
    lastEnd = end;
    if (style == Node.Style.SINGLE_QUOTED || style == Node.Style.DOUBLE_QUOTED) {
      refuseHiddenBreaks(start);
      oneLineEnd = end;
    }
    return new Node.Scalar(
        event.getValue(), style, end, place(event, event.getTag(), start, tree.inFlow()));
  }

  /// [YAML 1.1](https://yaml.org/spec/1.1/#id871136) breaks lines at three characters that YAML 1.2
  /// takes for text: what is a comment to one reader can hold a key for the other. Between quotes
  /// neither sees structure in them.
  private void refuseHiddenBreaks(int end) throws UnreadableException {
    for (int at = oneLineEnd; at < end; at++) {
      if (HIDDEN_BREAKS.indexOf(text.charAt(at)) >= 0) {
        int line = 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
        throw new UnreadableException(
            line,
            "it holds U+%04X, at which YAML 1.1 ends the line and 1.2 does not"
                .formatted((int) text.charAt(at)),
            "Remove the character, or put the value that holds it into quotes.");
      }
    }
  }

  /// A value that is empty stands right behind its colon or dash, unless that is not there.
  private boolean isMissing(ScalarEvent event, int start) {
    boolean nothing = start == index(event.getEndMark()) && !hasProperties(event);
    return nothing && !(start > lastEnd && ":-".indexOf(text.charAt(start - 1)) >= 0);
  }

  private static boolean hasProperties(ScalarEvent event) {
    return event.getAnchor().isPresent() || event.getTag().isPresent();
  }

  private static Node.Style style(ScalarEvent event) {
    return switch (event.getScalarStyle()) {
      case PLAIN -> Node.Style.PLAIN;
      case SINGLE_QUOTED -> Node.Style.SINGLE_QUOTED;
      case DOUBLE_QUOTED, JSON_SCALAR_STYLE -> Node.Style.DOUBLE_QUOTED;
      case LITERAL, FOLDED -> Node.Style.BLOCK;
    };
  }

  /// A scalar's mark spans its anchor and tag too; they end with a blank, or with the scalar when
  /// nothing follows them.
  private int behindProperties(ScalarEvent event, int end) {
    int at = index(event.getStartMark());
    if (!hasProperties(event)) {
      return at;
    }
    while (at < end) {
      char c = text.charAt(at);
      if (c == '&' || c == '!') {
        at = skip(at, end, false);
      } else if (isBlank(c)) {
        at = skip(at, end, true);
      } else if (c == '#') {
        at = lineEnd(at, end);
      } else {
        return at;
      }
    }
    return end;
  }

  private int skip(int from, int end, boolean blanks) {
    int at = from;
    while (at < end && isBlank(text.charAt(at)) == blanks) {
      at++;
    }
    return at;
  }

  private int lineEnd(int from, int end) {
    int at = from;
    while (at < end && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  private void start(CollectionStartEvent event) throws UnreadableException {
    // Ends with its brace or bracket; where a block collection starts, nobody asks.
    int start = event.isFlow() ? index(event.getEndMark()) - 1 : index(event.getStartMark());
    Node.Place place = place(event, event.getTag(), start, event.isFlow() || tree.inFlow());
    if (event instanceof MappingStartEvent) {
      tree.startMapping(place);
    } else {
      tree.startSequence(place);
    }
  }

  private void alias(AliasEvent event) throws UnreadableException {
    tree.alias(
        event.getAlias().getValue(),
        Node.Place.of(line(event.getStartMark()), index(event.getStartMark())));
  }

  private Node.Place place(NodeEvent event, Optional<String> tag, int start, boolean flow) {
    int line = line(event.getStartMark());
    return new Node.Place(
        line,
        start,
        flow,
        tag,
        event.getAnchor().map(Anchor::getValue).map(name -> tree.anchor(name, line)));
  }

  private int index(Optional<Mark> mark) {
    return codePoints.charIndex(mark.orElseThrow().getIndex());
  }

  private static int line(Optional<Mark> mark) {
    return mark.orElseThrow().getLine() + 1;
  }
}
