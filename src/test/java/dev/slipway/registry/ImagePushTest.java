package dev.slipway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.registry.ImageContent.Blob;
import dev.slipway.registry.ImageContent.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImagePushTest {
  @Test
  void beginsWithTheLargestBlob() {
    List<Source> blobs = List.of(new Sized(3), new Sized(900), new Sized(20));

    assertThat(ImagePush.largestFirst(blobs))
        .extracting(Source::sizeHint)
        .containsExactly(900L, 20L, 3L);
  }

  private record Sized(long sizeHint) implements Source {
    @Override
    public Blob finish() {
      throw new AssertionError("nothing is sent here");
    }
  }
}
