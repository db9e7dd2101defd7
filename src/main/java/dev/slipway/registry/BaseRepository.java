package dev.slipway.registry;

import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.registry.BaseImageClient;
import com.google.cloud.tools.jib.registry.BaseImageClient.Answer;
import dev.slipway.image.BaseImage;
import dev.slipway.image.Digest;
import dev.slipway.registry.ImageContent.Bytes;
import dev.slipway.values.FileContent;
import java.io.IOException;
import java.io.InputStream;

/// The repository of a base image, only ever read.
public final class BaseRepository {
  // What registries accept at the most; larger is no manifest and no config.
  private static final int DOCUMENT = 4 << 20;

  private final BaseImageClient client;
  private final Retry retry;
  private final BaseProblems problems;

  BaseRepository(BaseImageClient client, Retry retry, BaseImage.InRegistry image) {
    this.client = client;
    this.retry = retry;
    this.problems = new BaseProblems(image);
  }

  /// A manifest, an index or a config.
  public record Document(String mediaType, FileContent content) {}

  /// The manifest or index that `reference`, a tag or a digest, stands for. Whether it has that
  /// digest, the caller checks.
  ///
  /// @throws dev.slipway.problem.ActionException when it cannot be had
  public Document manifest(String reference) {
    return document(() -> client.manifest(reference));
  }

  /// The small blob with this digest. Whether it has it, the caller checks.
  ///
  /// @throws dev.slipway.problem.ActionException when it cannot be had
  public Document config(Digest digest) {
    return document(() -> client.blob(digest.value()));
  }

  /// A layer, fetched whenever it is opened, and so never when nobody needs its bytes.
  public Bytes layer(Digest digest) {
    return () -> new ResumedStream(() -> open(digest));
  }

  private InputStream open(Digest digest) {
    try {
      return retry.call(_ -> client.blob(digest.value()).body());
    } catch (RegistryFailure e) {
      throw problems.of(e);
    }
  }

  private Document document(Request request) {
    try {
      return retry.call(_ -> {
        Answer answer = request.send();
        try (InputStream body = answer.body()) {
          byte[] bytes = body.readNBytes(DOCUMENT + 1);
          if (bytes.length > DOCUMENT) {
            throw problems.tooLarge();
          }
          return new Document(answer.mediaType(), FileContent.of(bytes));
        }
      });
    } catch (RegistryFailure e) {
      throw problems.of(e);
    }
  }

  private interface Request {
    Answer send() throws IOException, RegistryException;
  }
}
