locals {
  platform = { ARM64 = "linux/arm64", X86_64 = "linux/amd64" }[var.cpu_architecture]
  stock_at = "${module.stock_service_discovery.name}.${module.dns_namespace.name}"
}

output "names" {
  description = "DNS names of the services inside the VPC."
  value = [
    local.stock_at,
    "${module.signal_processing_service_discovery.name}.${module.dns_namespace.name}",
  ]
}

# Made of the repositories alone, so that -target=module.ecr is enough to know it.
output "push" {
  description = "Commands that build and push both images, from the root of the repository."
  value = join("\n", concat(
    ["aws ecr get-login-password --region ${var.region} | docker login --username AWS --password-stdin ${split("/", module.ecr.urls[local.stock.repository])[0]}"],
    [for service in [merge(local.signal, { tag = var.signal_service.image_tag }), merge(local.stock, { tag = var.stock_service.image_tag })] : join(" ", [
      "docker buildx build --platform ${local.platform} --file ${service.image}/Dockerfile",
      "--tag ${module.ecr.urls[service.repository]}:${service.tag} --load . &&",
      "docker push ${module.ecr.urls[service.repository]}:${service.tag}",
    ])],
  ))
}

output "inside" {
  description = "Commands that start the toolbox inside the VPC, and ask DNS and the services from there."
  value       = !var.toolbox ? "Apply with -var toolbox=true: then there is a machine inside the VPC with dig and curl." : <<-EOT
    TASK=$(aws ecs run-task --region ${var.region} --cluster ${module.cluster.name} --task-definition ${module.toolbox[0].task_definition} --launch-type FARGATE --enable-execute-command --network-configuration 'awsvpcConfiguration={subnets=[${join(",", module.network.subnet_ids)}],securityGroups=[${module.toolbox[0].security_group_id}],assignPublicIp=${module.network.assign_public_ip ? "ENABLED" : "DISABLED"}}' --query 'tasks[0].taskArn' --output text)
    state() { aws ecs describe-tasks --region ${var.region} --cluster ${module.cluster.name} --tasks $TASK --query "tasks[0].$1" --output text; }
    until [ "$(state healthStatus) $(state 'containers[0].managedAgents[0].lastStatus')" = "HEALTHY RUNNING" ] || [ "$(state lastStatus)" = STOPPED ]; do sleep 5; done
    inside() { aws ecs execute-command --region ${var.region} --cluster ${module.cluster.name} --task $TASK --interactive --command "$*"; }
    inside dig +noall +answer ${local.stock_at}
    inside dig +short SRV ${local.stock_at}
    inside curl -sS http://${local.stock_at}/api/v1/data/TICKER_1
    aws ecs stop-task --region ${var.region} --cluster ${module.cluster.name} --task $TASK
  EOT
}

output "url" {
  description = "Public address of signal-service, where there is one."
  value       = one(module.http_api[*].url)
}

output "monthly_cost" {
  description = "USD a month for what is planned, line by line, and for other ways to the same."
  value = {
    total = module.cost.total
    lines = module.cost.lines
    ways  = module.cost.ways
    basis = module.cost.basis
  }
}
