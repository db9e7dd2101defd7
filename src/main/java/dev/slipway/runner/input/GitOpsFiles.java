package dev.slipway.runner.input;

import dev.slipway.delivery.ValueUpdate;
import dev.slipway.template.Template;
import dev.slipway.values.FileContent;
import dev.slipway.values.KeyPath;
import dev.slipway.values.YamlMapping;
import dev.slipway.values.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The inputs that name files of the GitOps repository, `gitops-update` and `gitops-bootstrap`: two
/// YAML mappings.
final class GitOpsFiles {
  static final String UPDATE_FORM =
      """
      Write the file, and below it, indented, key paths and values:
      gitops-update: |
        apps/shop/values.yaml:
          image.tag: "{tag}\"\
      """;
  private static final String BOOTSTRAP_FORM =
      """
      Write one line a file:
      gitops-bootstrap: |
        path/in/the/gitops/repository.yaml: path/in/this/workspace.yaml\
      """;

  private final InputTexts inputs;
  private final LocalFiles files;

  GitOpsFiles(InputTexts inputs, LocalFiles files) {
    this.inputs = inputs;
    this.files = files;
  }

  /// Every value that is to change; what is wrong is left out and has become a problem.
  List<ValueUpdate> updates() {
    List<ValueUpdate> updates = new ArrayList<>();
    entries(Input.GITOPS_UPDATE, UPDATE_FORM)
        .forEach((file, values) -> {
          Optional<String> path = path(Input.GITOPS_UPDATE, file);
          updates(file, values)
              .forEach((key, value) ->
                  update(path, key, value).ifPresent(update -> add(updates, update)));
        });
    return updates;
  }

  private Map<String, YamlValue> entries(Input input, String form) {
    Optional<YamlValue.Mapping> mapping = inputs.parsed(input, YamlMapping::parse, form);
    if (mapping.filter(known -> known.entries().isEmpty()).isPresent()) {
      inputs.wrong(input, inputs.text(input).orElse(""), "it names no file", form);
    }
    return mapping.<Map<String, YamlValue>>map(YamlValue.Mapping::entries).orElse(Map.of());
  }

  private Map<String, YamlValue> updates(String file, YamlValue values) {
    if (values instanceof YamlValue.Mapping(var entries) && !entries.isEmpty()) {
      return entries;
    }
    inputs.wrong(
        Input.GITOPS_UPDATE,
        file,
        "below it stands %s, where key paths and values are wanted".formatted(values.kind()),
        UPDATE_FORM);
    return Map.of();
  }

  private Optional<String> path(Input input, String file) {
    return inputs.parsed(
        input,
        file,
        RepositoryFile::path,
        "Write the path from the top of the GitOps repository, such as `apps/shop/values.yaml`.");
  }

  private Optional<ValueUpdate> update(Optional<String> path, String key, YamlValue value) {
    Optional<KeyPath> keyPath =
        inputs.parsed(
            Input.GITOPS_UPDATE,
            key,
            KeyPath::parse,
            "Write a key path such as `image.tag` or `images[name=shop].newTag`.");
    Optional<Template> template = text(Input.GITOPS_UPDATE, key, value).flatMap(this::template);
    return path.flatMap(file ->
        keyPath.flatMap(known -> template.map(wanted -> new ValueUpdate(file, known, wanted))));
  }

  private Optional<String> text(Input input, String key, YamlValue value) {
    if (value instanceof YamlValue.Text(String text) && !text.isEmpty()) {
      return Optional.of(text);
    }
    boolean nested = value instanceof YamlValue.Mapping;
    inputs.wrong(
        input,
        key,
        "its value is %s".formatted(value instanceof YamlValue.Text ? "empty" : value.kind()),
        nested
            ? "Write nested keys as one key path with dots: `image.tag`, not `image` with `tag` below."
            : "Write one text after the colon.");
    return Optional.empty();
  }

  private Optional<Template> template(String text) {
    return inputs.parsed(
        Input.GITOPS_UPDATE,
        text,
        Template::parse,
        "Use the known placeholders; a brace itself is `{{` or `}}`.");
  }

  /// The same place, written in two ways, could get two values.
  private void add(List<ValueUpdate> updates, ValueUpdate update) {
    boolean twice =
        updates.stream()
            .anyMatch(
                other -> other.file().equals(update.file()) && other.key().equals(update.key()));
    if (twice) {
      inputs.wrong(
          Input.GITOPS_UPDATE,
          update.key().toString(),
          "this place in `%s` is named twice".formatted(update.file()),
          "Remove one of the two lines.");
    } else {
      updates.add(update);
    }
  }

  /// The content of every file that is to be created where it is absent.
  Map<String, FileContent> bootstrap() {
    Map<String, FileContent> contents = new LinkedHashMap<>();
    entries(Input.GITOPS_BOOTSTRAP, BOOTSTRAP_FORM)
        .forEach((file, value) -> {
          Optional<String> path = path(Input.GITOPS_BOOTSTRAP, file);
          Optional<FileContent> content =
              text(Input.GITOPS_BOOTSTRAP, file, value)
                  .flatMap(local -> files.content(Input.GITOPS_BOOTSTRAP, local));
          path.ifPresent(known -> content.ifPresent(found -> contents.put(known, found)));
        });
    return contents;
  }
}
