locals {
  # List prices of us-east-1 in USD, without tax, discounts and free tier, gathered on 2026-11-22. Where from: README.md.
  price = {
    date          = "2026-11-22"
    vcpu_hour     = { ARM64 = 0.03238, X86_64 = 0.04048 }
    gb_hour       = { ARM64 = 0.00356, X86_64 = 0.004445 }
    ipv4_hour     = 0.005
    hosted_zone   = 0.50
    efs_gb        = 0.30
    ecr_gb        = 0.10
    logs_gb       = 0.50
    alb_hour      = 0.0225
    nat_hour      = 0.045
    endpoint_hour = 0.01
    rds_gb        = 0.115
    rds_hour      = { "db.t4g.micro" = 0.016, "db.t4g.small" = 0.032 }
  }

  # What a month is on AWS's own calculator, and what this platform is assumed to keep and to log.
  hours = 730
  gb    = 1

  tasks  = sum([for service in var.tasks : service.count])
  vcpu   = sum([for service in var.tasks : service.count * service.cpu / 1024])
  memory = sum([for service in var.tasks : service.count * service.memory / 1024])
  ipv4   = local.hours * local.price.ipv4_hour * local.tasks
  rds    = var.database == null ? null : lookup(local.price.rds_hour, var.database.instance_class, null)

  lines = merge(
    {
      "Fargate, ${local.tasks} tasks (${var.cpu_architecture})" = local.hours * (local.vcpu * local.price.vcpu_hour[var.cpu_architecture] + local.memory * local.price.gb_hour[var.cpu_architecture])
      "Route 53, private zone"                                  = local.price.hosted_zone
      "ECR, ${local.gb} GB"                                     = local.gb * local.price.ecr_gb
      "CloudWatch Logs, ${local.gb} GB"                         = local.gb * local.price.logs_gb
    },
    var.public_ip ? { "Public IPv4, ${local.tasks} addresses" = local.ipv4 } : {},
    var.efs ? { "EFS, ${local.gb} GB" = local.gb * local.price.efs_gb } : {},
    local.rds == null ? {} : {
      "RDS, ${var.database.instance_class}" = (var.database.multi_az ? 2 : 1) * (local.hours * local.rds + var.database.storage_gb * local.price.rds_gb)
    },
  )

  total   = sum(values(local.lines))
  private = local.total - (var.public_ip ? local.ipv4 : 0)

  # The same tasks, reached or reaching out in the ways that this platform goes without.
  ways = {
    "as planned"                                           = local.total
    "with one public ALB in two zones (and its 2 IPv4)"    = local.total + local.hours * (local.price.alb_hour + 2 * local.price.ipv4_hour)
    "with one internal ALB per service"                    = local.total + local.hours * length(var.tasks) * local.price.alb_hour
    "private subnets, one NAT gateway (and its IPv4)"      = local.private + local.hours * (local.price.nat_hour + local.price.ipv4_hour)
    "private subnets, 3 interface endpoints in one zone"   = local.private + local.hours * 3 * local.price.endpoint_hour
    "private subnets, 3 interface endpoints in both zones" = local.private + local.hours * 6 * local.price.endpoint_hour
    "private subnets, NAT gateway and one ALB per service" = local.private + local.hours * (local.price.nat_hour + local.price.ipv4_hour + length(var.tasks) * local.price.alb_hour)
  }
}
