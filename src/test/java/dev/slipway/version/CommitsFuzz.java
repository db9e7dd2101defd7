package dev.slipway.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.fuzz.Material;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/// Reads any commit message and any version: the notes of the release show it and do nothing else.
public final class CommitsFuzz {
  private static final URI REPOSITORY = URI.create("https://github.com/acme/shop");
  private static final CommitSha SHA = new CommitSha("1".repeat(40));
  private static final int LONGEST_NOTES = 125_000;

  private CommitsFuzz() {}

  /// Called by the fuzzer.
  ///
  /// @param input two versions and a tag, one a line, then a commit message
  public static void fuzzerTestOneInput(byte[] input) {
    Material material = new Material(input);
    Optional<SemanticVersion> left = version(material.line());
    Optional<SemanticVersion> right = version(material.line());
    left.ifPresent(one -> right.ifPresent(other -> order(one, other)));
    String tag = material.line();
    String message = material.text();
    Judgement judgement = Judgement.of(List.of(new Commit(SHA, message)));
    Changelog notes =
        new Changelog(
            judgement.changes(), REPOSITORY, Optional.of(tag), tag, List.of("a/b:1@sha256:0"));
    String markdown = notes.markdown();
    assertThat(markdown).hasSizeLessThanOrEqualTo(LONGEST_NOTES);
    Parser.builder().build().parse(markdown).accept(new Harmless());
    assertThat(notes.completing(notes.completing(message))).isEqualTo(notes.completing(message));
  }

  private static Optional<SemanticVersion> version(String text) {
    Optional<SemanticVersion> version = SemanticVersion.parse(text);
    version.ifPresent(read -> assertThat(read).asString().isEqualTo(text));
    return version;
  }

  private static void order(SemanticVersion one, SemanticVersion other) {
    assertThat(Integer.signum(one.compareTo(other)))
        .isEqualTo(-Integer.signum(other.compareTo(one)));
  }

  /// Fails at everything that a message may not bring along.
  private static final class Harmless extends AbstractVisitor {
    @Override
    public void visit(HtmlInline html) {
      throw new AssertionError("HTML: " + html.getLiteral());
    }

    @Override
    public void visit(HtmlBlock html) {
      throw new AssertionError("HTML: " + html.getLiteral());
    }

    @Override
    public void visit(Image image) {
      throw new AssertionError("an image: " + image.getDestination());
    }

    @Override
    public void visit(Link link) {
      assertThat(link.getFirstChild())
          .isInstanceOfSatisfying(
              Text.class, text -> assertThat(text.getLiteral()).isEqualTo(link.getDestination()));
    }
  }
}
