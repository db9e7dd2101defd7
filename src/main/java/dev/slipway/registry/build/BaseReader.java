package dev.slipway.registry.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.image.BaseImage;
import dev.slipway.image.ContainerSettings.From;
import dev.slipway.image.Digest;
import dev.slipway.image.Platform;
import dev.slipway.registry.SourceRegistries;
import dev.slipway.registry.SourceRepository;
import dev.slipway.registry.SourceUse;
import dev.slipway.registry.build.Base.BaseLayer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads base images: their manifests and configs at once, their layers not before somebody wants
/// the bytes.
record BaseReader(SourceRegistries registries) {
  private static final Platform USUAL = new Platform("linux", "amd64", "");

  // What registries accept at the most. What is cut off has another digest.
  private static final int LARGEST_CONFIG = 4 << 20;

  /// The base image for every wanted platform. The caller closes it.
  ///
  /// @throws dev.slipway.problem.ActionException when it cannot be had, or not for all of them
  Foundation read(From from) {
    return switch (from.image()) {
      case BaseImage.Scratch _ -> new Foundation(scratch(from.platforms()), Optional.empty());
      case BaseImage.InRegistry image -> read(image, from.platforms());
    };
  }

  private static List<Base> scratch(List<Platform> wanted) {
    return (wanted.isEmpty() ? List.of(USUAL) : wanted).stream().map(Base::scratch).toList();
  }

  private Foundation read(BaseImage.InRegistry image, List<Platform> wanted) {
    SourceRepository repository = registries.open(image.reference().name(), SourceUse.BASE);
    try {
      return new Foundation(new Reading(image, repository).read(wanted), Optional.of(repository));
    } catch (RuntimeException e) {
      repository.close();
      throw e;
    }
  }

  /// The reading of one image.
  private record Reading(BaseImage.InRegistry image, SourceRepository repository) {
    List<Base> read(List<Platform> wanted) {
      BaseDocument root = manifest(image.reference().manifest(), image.reference().digest());
      return root.tree().has("manifests") ? fromIndex(root, wanted) : List.of(only(root, wanted));
    }

    private Base only(BaseDocument manifest, List<Platform> wanted) {
      Base base = base(manifest);
      if (!wanted.stream().allMatch(platform -> isFor(platform, base.platform()))) {
        throw BaseDocument.otherPlatforms(image, wanted, List.of(base.platform()));
      }
      return base;
    }

    private List<Base> fromIndex(BaseDocument index, List<Platform> wanted) {
      Map<Platform, Digest> there = platforms(index);
      boolean choice = wanted.isEmpty() && there.size() > 1;
      List<Platform> chosen = choice ? List.of(USUAL) : wanted;
      if (chosen.isEmpty()) {
        chosen = List.copyOf(there.keySet());
      }
      List<Base> bases = new ArrayList<>();
      for (Platform platform : chosen) {
        Digest digest =
            find(platform, there)
                .orElseThrow(() ->
                    BaseDocument.otherPlatforms(
                        image, List.of(platform), List.copyOf(there.keySet())));
        bases.add(base(manifest(digest.value(), Optional.of(digest))));
      }
      return bases;
    }

    private static Map<Platform, Digest> platforms(BaseDocument index) {
      Map<Platform, Digest> found = new LinkedHashMap<>();
      for (JsonNode entry : index.tree().path("manifests")) {
        JsonNode platform = entry.path("platform");
        String os = platform.path("os").asText();
        // Attestations are for the platform `unknown`.
        if (!os.isEmpty() && !os.equals("unknown")) {
          found.putIfAbsent(index.platform(platform), index.digest(entry));
        }
      }
      return found;
    }

    private static Optional<Digest> find(Platform wanted, Map<Platform, Digest> there) {
      return there.entrySet().stream()
          .filter(entry -> isFor(wanted, entry.getKey()))
          .map(Map.Entry::getValue)
          .findFirst();
    }

    /// `linux/arm64` and `linux/arm64/v8` are the same; a variant that is not asked for may be any.
    private static boolean isFor(Platform wanted, Platform there) {
      return wanted.os().equals(there.os())
          && wanted.architecture().equals(there.architecture())
          && (wanted.variant().isEmpty()
              || wanted.variant().equals(there.variant())
              || (wanted.variant().equals("v8") && there.variant().isEmpty()));
    }

    private Base base(BaseDocument manifest) {
      BaseDocument config = config(manifest.digest(manifest.tree().path("config")));
      List<BaseLayer> layers = new ArrayList<>();
      for (JsonNode layer : manifest.tree().path("layers")) {
        layers.add(
            new BaseLayer(
                manifest.layerType(layer),
                repository.blob(manifest.digest(layer), manifest.size(layer))));
      }
      config.checkLayers(layers.size());
      return new Base(config.platform(config.tree()), (ObjectNode) config.tree(), layers);
    }

    private BaseDocument manifest(String reference, Optional<Digest> digest) {
      byte[] content = repository.manifest(reference).content().bytes();
      return BaseDocument.of(image, content, digest);
    }

    private BaseDocument config(Digest digest) {
      byte[] content = repository.small(digest, LARGEST_CONFIG);
      return BaseDocument.of(image, content, Optional.of(digest));
    }
  }
}
