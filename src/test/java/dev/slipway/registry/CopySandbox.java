package dev.slipway.registry;

import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.image.ImageReferenceText;
import dev.slipway.image.ImageSource;
import dev.slipway.sandbox.RegistryServer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Copies from one registry to another, with a recording proxy before each.
final class CopySandbox implements AutoCloseable {
  private static final AtomicInteger SANDBOXES = new AtomicInteger();

  final MadeImage image = MadeImage.withLayers(1, 400_000, 30_000);
  final String repository = "copies/" + SANDBOXES.incrementAndGet();
  final PushSandbox target;
  final PushSandbox source;

  CopySandbox(RegistryServer here, RegistryServer there) {
    this.target = new PushSandbox(here);
    this.source = new PushSandbox(there);
  }

  /// Copies `reference`, a tag or more, of this test's repository at `from`.
  Pushed copy(PushSandbox from, String reference, String to, String... tags) {
    return copy(target.copier(nobody()), from, reference, to, tags);
  }

  /// The same by another run.
  Pushed copy(JibImageRegistry run, PushSandbox from, String reference, String to, String... tags) {
    return target.push(run, reference(from.proxy.host(), reference), to, tags);
  }

  KnownRegistry nobody() {
    return new OtherRegistry(target.proxy.host(), Optional.empty());
  }

  ImageSource reference(String host, String reference) {
    String text = "%s/%s:%s".formatted(host, repository, reference);
    ImageReferenceText read = ImageReferenceText.parse(text);
    return new ImageSource.InRegistry("docker://" + text, read.name(), read.tag(), read.digest());
  }

  @Override
  public void close() {
    source.close();
    target.close();
  }
}
