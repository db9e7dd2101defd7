package dev.slipway.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.aws.Json;
import dev.slipway.sandbox.EcsSteps;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a task definition keeps on its way, and when two are the same.
class TaskDefinitionsTest {
  @AutoClose private final Deployments aws = new Deployments();

  @Test
  void sendsAFileOnAsItIsButForTheImage() {
    String file =
        """
        {"family":"voj-api","cpu":"256","newMember":{"b":1.50,"a":[0.10,null,""]},"containerDefinitions":[{"name":"api","image":"<image>","environment":[{"name":"EMPTY","value":""}],"anotherNewMember":12345678901234567890}],"revision":7,"deleteRequestedAt":1.7E9}
        """;
    aws.definition(file);
    aws.ecs().then(EcsSteps.complete());

    aws.deploy();

    assertThat(aws.ecs().registered())
        .containsExactly(
            file.strip()
                .replace("<image>", Deployments.NEW)
                .replace(",\"revision\":7,\"deleteRequestedAt\":1.7E9", ""));
  }

  @Test
  void keepsTheTagsOfTheDefinitionThatTheServiceRuns() {
    aws.ecs().tag(aws.first, "team", "voj");
    aws.ecs().then(EcsSteps.complete());

    aws.deploy();

    assertThat(aws.registered().path("tags").path(0).path("value").asText()).isEqualTo("voj");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'cpu':0}                             | {}",
        "{'environment':[]}                    | {}",
        "{'essential':true}                    | {}",
        "{'privileged':false}                  | {}",
        "{'a':null}                            | {}",
        "{'startTimeout':1.0}                  | {'startTimeout':1}",
        "{'environment':[{'name':'A','value':'1'},{'name':'B','value':'2'}]} | {'environment':[{'name':'B','value':'2'},{'name':'A','value':'1'}]}",
        "{'portMappings':[{'containerPort':80}]} | {'portMappings':[{'containerPort':80,'hostPort':80,'protocol':'tcp'}]}",
      })
  void knowsWhatSaysTheSame(String one, String other) {
    boolean same = Sameness.of(definition(one), definition(other));
    boolean backwards = Sameness.of(definition(other), definition(one));

    assertThat(same).isTrue();
    assertThat(backwards).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'cpu':1}                             | {}",
        "{'essential':false}                   | {}",
        "{'command':['a','b']}                 | {'command':['b','a']}",
        "{'environment':[{'name':'A','value':''}]} | {}",
        "{'environment':[{'name':'A','value':''}]} | {'environment':[{'name':'A','value':'1'}]}",
        "{'unknown':'x'}                       | {}",
        "{'readonlyRootFilesystem':true}       | {}",
        "{'portMappings':[{'containerPort':80}]} | {'portMappings':[{'containerPort':80,'protocol':'udp'}]}",
      })
  void knowsWhatDiffers(String one, String other) {
    boolean same = Sameness.of(definition(one), definition(other));
    boolean backwards = Sameness.of(definition(other), definition(one));

    assertThat(same).isFalse();
    assertThat(backwards).isFalse();
  }

  private static TaskDefinition definition(String container) {
    ObjectNode json = Json.object();
    json.putArray("containerDefinitions").add(Json.read(container.replace('\'', '"')));
    return TaskDefinition.of(json);
  }
}
