package dev.slipway.registry.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.slipway.image.Digest;
import dev.slipway.sandbox.ImageLayout;
import dev.slipway.sandbox.TarWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads any documents as those of an image: index, manifests, configs. Digests and sizes are put
/// in first: no fuzzer guesses them, and an attacker knows them.
public final class ImageDocumentsFuzz {
  private static final Pattern PART = Pattern.compile("(?m)^== ");
  private static final int MOST_PARTS = 20;
  private static final int LONGEST = 100_000;

  private ImageDocumentsFuzz() {}

  /// Called by the fuzzer.
  ///
  /// @param input parts that begin with `== NAME` on a line of its own. A name that begins with `@`
  ///   is that of a blob: after it, `{@NAME.digest}`, `{@NAME.hex}` and `{@NAME.size}` stand for
  ///   what they say
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    TarWriter tar = new TarWriter();
    Map<String, String> known = new LinkedHashMap<>();
    for (String part : PART.split(new String(input, ISO_8859_1), MOST_PARTS)) {
      int end = part.indexOf('\n');
      if (end > 0) {
        add(part.substring(0, end), part.substring(end + 1), known, tar);
      }
    }
    PushedOrRefused.check(tar.bytes());
  }

  private static void add(String name, String template, Map<String, String> known, TarWriter tar) {
    String text = template;
    for (Map.Entry<String, String> value : known.entrySet()) {
      text = text.length() > LONGEST ? "" : text.replace(value.getKey(), value.getValue());
    }
    // The line feed before the next part is none of the document's.
    byte[] content = text.strip().getBytes(ISO_8859_1);
    if (name.startsWith("@")) {
      Digest digest = ImageLayout.digest(content);
      known.put("{%s.digest}".formatted(name), digest.value());
      known.put("{%s.hex}".formatted(name), digest.hex());
      known.put("{%s.size}".formatted(name), String.valueOf(content.length));
      tar.file("blobs/sha256/" + digest.hex(), content);
    } else if (name.length() < 100) {
      tar.file(name, content);
    }
  }
}
