import assert from "node:assert/strict";
import { test } from "node:test";
import { healthPaths, isSetting, list, read, roles, yaml } from "./files.mjs";

const objects = list("ops/kubernetes", ".yaml").flatMap((name) => yaml(`ops/kubernetes/${name}`).map((object) => ({ ...object, file: name })));
const of = (...kinds) => objects.filter((object) => kinds.includes(object.kind));
const workloads = of("Deployment", "StatefulSet", "Job");
const spec = (workload) => workload.spec.template.spec;
const containers = (workload) => [...(spec(workload).initContainers ?? []), ...spec(workload).containers];
const title = (object) => `${object.file}: ${object.kind} ${object.metadata.name}`;
const selects = (selector, labels) => Object.entries(selector?.matchLabels ?? selector ?? {}).every(([key, value]) => labels[key] === value);
const pods = (selector) => workloads.filter((workload) => selects(selector, workload.spec.template.metadata.labels));
const ports = (workload) => containers(workload).flatMap((container) => container.ports ?? []);
const serves = (workload, port) => ports(workload).some((one) => one.name === port || one.containerPort === port);

test("every object is as its schema says", async () => {
  assert.ok(objects.length > 20);
  for (const { file, ...object } of objects) {
    const kinds = await import(`kubernetes-models/${object.apiVersion}`);
    assert.ok(kinds[object.kind], `${file}: ${object.apiVersion} has no ${object.kind}`);
    try {
      new kinds[object.kind](object).validate();
    } catch (error) {
      assert.fail(`${file}: ${object.kind} ${object.metadata.name}: ${error.message}`);
    }
  }
});

test("names are given once, and in one namespace", () => {
  const names = objects.map((object) => `${object.kind}/${object.metadata.name}`);
  assert.deepEqual(names.filter((name, at) => names.indexOf(name) !== at), []);
  for (const object of objects.filter((object) => object.kind !== "Namespace")) assert.equal(object.metadata.namespace, "bridge", title(object));
});

test("selectors select: workloads their pods, services, budgets and policies somebody's", () => {
  for (const workload of of("Deployment", "StatefulSet")) assert.deepEqual(pods(workload.spec.selector), [workload], title(workload));
  for (const service of of("Service")) assert.ok(pods(service.spec.selector).length > 0, title(service));
  for (const budget of of("PodDisruptionBudget")) {
    const [guarded] = pods(budget.spec.selector);
    assert.ok(guarded, title(budget));
    const left = budget.spec.minAvailable ?? guarded.spec.replicas - budget.spec.maxUnavailable;
    assert.ok(left >= 1 && left < guarded.spec.replicas, `${title(budget)} leaves ${left} of ${guarded.spec.replicas}`);
  }
  for (const policy of of("NetworkPolicy"))
    for (const selector of [policy.spec.podSelector, ...[...(policy.spec.ingress ?? []), ...(policy.spec.egress ?? [])].flatMap((rule) => [...(rule.from ?? []), ...(rule.to ?? [])]).map((peer) => peer.podSelector)])
      if (selector) assert.ok(pods(selector).length > 0, `${title(policy)}: ${JSON.stringify(selector)}`);
  for (const set of of("StatefulSet")) assert.ok(of("Service").some((service) => service.metadata.name === set.spec.serviceName && service.spec.clusterIP === "None"), title(set));
});

test("whatever has several pods has a budget, and is spread over machines", () => {
  for (const workload of of("Deployment", "StatefulSet").filter((one) => one.spec.replicas > 1)) {
    assert.ok(of("PodDisruptionBudget").some((budget) => pods(budget.spec.selector).includes(workload)), title(workload));
    assert.ok(spec(workload).topologySpreadConstraints || spec(workload).affinity?.podAntiAffinity, title(workload));
  }
});

test("services and policies name ports that somebody serves", () => {
  for (const service of of("Service"))
    for (const port of service.spec.ports) assert.ok(pods(service.spec.selector).every((pod) => serves(pod, port.targetPort)), `${title(service)}: ${port.targetPort}`);
  for (const policy of of("NetworkPolicy")) {
    for (const { port } of (policy.spec.ingress ?? []).flatMap((rule) => rule.ports ?? [])) assert.ok(pods(policy.spec.podSelector).some((pod) => serves(pod, port)), `${title(policy)}: ${port}`);
    for (const rule of (policy.spec.egress ?? []).filter((rule) => rule.to.every((peer) => peer.podSelector)))
      for (const { port } of rule.ports) assert.ok(rule.to.every((peer) => pods(peer.podSelector).some((pod) => serves(pod, port))), `${title(policy)}: ${port}`);
  }
});

test("probes ask ports that are open and paths that are answered", () => {
  for (const workload of of("Deployment", "StatefulSet"))
    for (const container of spec(workload).containers)
      for (const kind of ["startupProbe", "readinessProbe", "livenessProbe"]) {
        const probe = container[kind];
        assert.ok(probe, `${title(workload)} has no ${kind}`);
        if (probe.httpGet) assert.ok(healthPaths.has(probe.httpGet.path), `${title(workload)}: ${probe.httpGet.path}`);
        const port = (probe.httpGet ?? probe.tcpSocket)?.port;
        if (port) assert.ok(container.ports.some((one) => one.name === port), `${title(workload)}: ${port}`);
      }
});

test("containers set keys and roles that exist, run images with a version, without rights", () => {
  for (const workload of workloads) {
    assert.equal(spec(workload).securityContext.runAsNonRoot, true, title(workload));
    assert.equal(spec(workload).securityContext.seccompProfile.type, "RuntimeDefault", title(workload));
    assert.equal(spec(workload).automountServiceAccountToken, false, title(workload));
    for (const container of containers(workload)) {
      assert.match(container.image, /:[\w.-]*\d[\w.-]*$/, title(workload));
      assert.equal(container.securityContext.allowPrivilegeEscalation, false, title(workload));
      assert.deepEqual(container.securityContext.capabilities.drop, ["ALL"], title(workload));
      for (const { name } of (container.env ?? []).filter(({ name }) => name.startsWith("Bridge__"))) assert.ok(isSetting(name), `${title(workload)}: ${name}`);
      const at = container.args?.indexOf("--roles") ?? -1;
      if (at >= 0) for (const role of container.args[at + 1].split(",")) assert.ok(roles.includes(role), `${title(workload)}: ${role}`);
    }
  }
});

test("mounts have their volume, and what is not here stands in the README", () => {
  const [readme, own] = [read("ops/kubernetes/README.md"), (kind, name) => of(kind).some((object) => object.metadata.name === name)];
  for (const workload of workloads) {
    const volumes = [...(spec(workload).volumes ?? []), ...(workload.spec.volumeClaimTemplates ?? []).map((claim) => ({ name: claim.metadata.name }))];
    for (const container of containers(workload)) {
      for (const mount of container.volumeMounts ?? []) assert.ok(volumes.some((volume) => volume.name === mount.name), `${title(workload)}: ${mount.name}`);
      for (const key of (container.env ?? []).map((one) => one.valueFrom?.secretKeyRef).filter(Boolean)) {
        const row = readme.split("\n").find((line) => line.startsWith(`| Secret \`${key.name}\``));
        assert.ok(row?.includes(`\`${key.key}\``), `${title(workload)}: key ${key.key} of secret ${key.name}`);
      }
    }
    for (const volume of volumes) {
      if (volume.secret) assert.ok(readme.includes(`Secret \`${volume.secret.secretName}\``), `${title(workload)}: secret ${volume.secret.secretName}`);
      if (volume.configMap) assert.ok(own("ConfigMap", volume.configMap.name) || readme.includes(`ConfigMap \`${volume.configMap.name}\``), `${title(workload)}: ${volume.configMap.name}`);
    }
  }
});

test("no secret stands in a manifest, and one validator runs", () => {
  assert.deepEqual(of("Secret"), []);
  const attesting = workloads.filter((workload) => containers(workload).some((container) => container.args?.some((word) => word.split(",").includes("attest"))));
  assert.deepEqual(attesting.map((one) => [one.kind, one.spec.replicas]), [["StatefulSet", 1]]);
});
