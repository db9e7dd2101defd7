package dev.slipway.github;

import static dev.slipway.github.LedgerWorld.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.delivery.DeploymentLedger;
import dev.slipway.delivery.DeploymentLedger.Entry;
import dev.slipway.sandbox.FakeRepository;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the ledger reads of the payloads that any program may have given a deployment.
class DeploymentPayloadTest {
  @AutoClose private final LedgerWorld world = new LedgerWorld();
  private final FakeRepository repository = world.repository;
  private final DeploymentLedger ledger = world.ledger;

  @Test
  void looksAtTheNewestHundred() {
    IntStream.range(0, 103).forEach(number -> deploy(payload().put("run", "run " + number)));

    assertThat(ledger.entries("staging", TARGET))
        .hasSize(100)
        .extracting(Entry::runId)
        .startsWith("run 102")
        .endsWith("run 3");
  }

  @Test
  void readsAPayloadThatIsAnObjectToo() {
    deploy(payload());

    assertThat(ledger.entries("staging", TARGET))
        .extracting(entry -> entry.record().label())
        .containsExactly("1.2.3");
  }

  @Test
  void ignoresWhatOtherProgramsDeployed() {
    repository.deploy(
        world.commit, Transport.JSON.createObjectNode().put("environment", "staging"));
    deploy(Transport.JSON.createObjectNode().put("target", TARGET));
    List.of("", "deploy it", "{", "[]", "7", "null", "\"{\"")
        .forEach(text ->
            repository.deploy(
                world.commit,
                Transport.JSON
                    .createObjectNode()
                    .put("environment", "staging")
                    .put("payload", text)));

    assertThat(ledger.entries("staging", TARGET)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'slipway':2}",
        "{'slipway':'1'}",
        "{'run':7}",
        "{'run':''}",
        "{'target':null}",
        "{'version':'1\\n::error::x'}",
        "{'version':null}",
        "{'task-definition':'shop:7'}",
        "{'images':[{}]}",
        "{'images':[{'tags':[]}]}",
        "{'images':[{'tags':['not a tag']}]}",
        "{'images':[{'tags':['1'],'digest':'md5:1'}]}",
        "{'images':[{'tags':['1'],'repository':'acme/shop'}]}",
        "{'images':[{'tags':['1'],'registry':'ghcr.io','repository':'../x'}]}",
        "{'images':['shop']}",
        "{'values':[{'file':'a.yaml','key':'tag','text':7}]}",
        "{'values':[{'file':'a.yaml','key':'tag[','text':'1'}]}",
        "{'values':[{'file':'/etc/passwd','key':'tag','text':'1'}]}",
        "{'values':[{'file':'apps/../../a.yaml','key':'tag','text':'1'}]}",
        "{'values':[{'file':'','key':'tag','text':'1'}]}",
      })
  void ignoresAPayloadThatOnlyLooksLikeOurs(String wrong) throws Exception {
    ObjectNode payload = payload();
    payload.setAll((ObjectNode) Transport.JSON.readTree(wrong.replace('\'', '"')));
    deploy(payload);

    assertThat(ledger.entries("staging", TARGET)).isEmpty();
  }

  private void deploy(ObjectNode payload) {
    ObjectNode request = Transport.JSON.createObjectNode().put("environment", "staging");
    request.set("payload", payload);
    repository.deploy(world.commit, request);
  }

  /// The smallest that is read.
  private static ObjectNode payload() {
    return Transport.JSON
        .createObjectNode()
        .put("slipway", 1)
        .put("key", "1")
        .put("target", TARGET)
        .put("run", "77")
        .put("version", "1.2.3");
  }
}
