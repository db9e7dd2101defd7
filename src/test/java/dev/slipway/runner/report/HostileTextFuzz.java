package dev.slipway.runner.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.KeyValueFile;
import dev.slipway.delivery.Progress;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.runner.Variables;
import dev.slipway.runner.report.WorkflowCommands.Level;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/// Hands any text of others to everything that is written for the runner: the log has no command
/// but our own, the outputs are read back as they were, the page shows texts and nothing else.
public final class HostileTextFuzz {
  private static final Parser MARKDOWN = Parser.builder().build();

  private HostileTextFuzz() {}

  /// Called by the fuzzer.
  ///
  /// @param input a branch, a message, what a registry answers, what a script prints
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    String text = new String(input, UTF_8);
    printsNoCommand(input, text);
    commandsStayTheOnes(text);
    markdownStaysText(text);
    outputsStayTheSame(text);
  }

  private static void printsNoCommand(byte[] raw, String text) {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    Console console = Console.on(log, Variables.ofRun());
    console.out().write(raw, 0, raw.length);
    console.out().println();
    Progress progress = new LogProgress(console);
    progress.warning(text, text);
    progress.waiting(text, text);
    progress.printed(text, text);
    new ProblemReporter(console, Variables.ofRun())
        .report(new ActionException("x" + text, "y" + text, "z" + text));
    console.close();
    assertThat(RunnerCommandParser.commands(log.toString(UTF_8)))
        .extracting(RunnerCommandParser.Command::name)
        .containsOnlyOnce("error")
        .isSubsetOf("warning", "group", "endgroup", "error");
  }

  private static void commandsStayTheOnes(String text) {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    KnownSecrets secrets = new KnownSecrets();
    WorkflowCommands commands = new WorkflowCommands(new NeutralisingStream(log, secrets), secrets);
    commands.annotate(Level.ERROR, text, text);
    commands.group(text);
    commands.debug(text);
    commands.mask(text);
    List<RunnerCommandParser.Command> read = RunnerCommandParser.commands(log.toString(UTF_8));
    assertThat(read)
        .extracting(RunnerCommandParser.Command::name)
        .containsExactly("error", "group", "debug", "add-mask");
    assertThat(read.getFirst().properties().keySet()).isSubsetOf("title");
    assertThat(read.getLast().data()).isEqualTo(text);
  }

  private static void markdownStaysText(String text) {
    Markdown markdown = new Markdown(any -> any);
    Node code = onlyChild(MARKDOWN.parse(markdown.code(text)));
    assertThat(onlyChild(code)).isInstanceOfAny(Code.class, Text.class);
    Node block = onlyChild(MARKDOWN.parse(markdown.block("diff", List.of(text))));
    assertThat(block).isInstanceOf(FencedCodeBlock.class);
    StringBuilder shown = new StringBuilder();
    show(MARKDOWN.parse(markdown.text(text)), shown);
    assertThat(bare(shown.toString())).isEqualTo(bare(SafeText.line(text.replace('\n', ' '))));
    SummaryPage page = new SummaryPage(markdown);
    page.paragraph(text);
    page.warning(text, text);
    page.problem(new Problem("x" + text, "y" + text, "z" + text));
    MARKDOWN.parse(page.toString()).accept(new OnlyOurMarkup());
  }

  /// Fails at what only a text of others can have brought into a page.
  private static final class OnlyOurMarkup extends AbstractVisitor {
    @Override
    public void visit(HtmlInline html) {
      assertThat(html.getLiteral()).isEqualTo("<br>");
    }

    @Override
    public void visit(HtmlBlock html) {
      throw new AssertionError(html.getLiteral());
    }

    @Override
    public void visit(Link link) {
      throw new AssertionError(link);
    }

    @Override
    public void visit(Image image) {
      throw new AssertionError(image);
    }

    @Override
    public void visit(Heading heading) {
      assertThat(heading.getPrevious()).as("what stands before %s", heading).isNull();
    }
  }

  private static Node onlyChild(Node parent) {
    assertThat(parent.getFirstChild()).isNotNull().isSameAs(parent.getLastChild());
    return parent.getFirstChild();
  }

  /// What a reader sees, as long as nothing but text and code is there.
  private static void show(Node node, StringBuilder shown) {
    switch (node) {
      case Document _, Paragraph _ -> {}
      case Text text -> shown.append(text.getLiteral());
      case Code code -> shown.append(code.getLiteral());
      default -> throw new AssertionError(node);
    }
    for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
      show(child, shown);
    }
  }

  /// Code loses its backticks, and blanks at its ends.
  private static String bare(String text) {
    return text.replaceAll("[\\s\\p{Z}`]", "");
  }

  private static void outputsStayTheSame(String text) throws IOException {
    List<Output> accepting =
        Arrays.stream(Output.values()).filter(output -> output.accepts(text)).toList();
    if (accepting.isEmpty()) {
      return;
    }
    Path file = Files.createTempFile("slipway-fuzz-", ".output");
    try {
      OutputFile outputs = OutputFile.in(Variables.ofRun().with("GITHUB_OUTPUT", file.toString()));
      Map<String, String> written = new HashMap<>();
      for (Output output : accepting) {
        outputs.write(output, text);
        written.put(output.text(), text);
      }
      assertThat(KeyValueFile.parse(Files.readString(file))).isEqualTo(written);
    } finally {
      Files.delete(file);
    }
  }
}
