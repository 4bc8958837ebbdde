variable "region" {
  description = "AWS region."
  type        = string
  default     = "us-east-1"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region: ${var.region} (expected: a region such as us-east-1)."
  }
}

variable "name" {
  description = "Name of the cluster, and prefix of whatever needs one."
  type        = string
  default     = "trading-platform"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}$", var.name))
    error_message = "name: ${var.name} (expected: 2 to 31 lower-case letters, digits and hyphens, beginning with a letter)."
  }
}

variable "namespace" {
  description = "DNS namespace, private to the VPC, in which services find each other."
  type        = string
  default     = "trading-platform.local"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$", var.namespace))
    error_message = "namespace: ${var.namespace} (expected: two or more lower-case DNS labels, such as trading-platform.local)."
  }
}

variable "dns_ttl" {
  description = "Time to live of A and SRV records, in seconds. Lower finds new tasks sooner and shortens the stop of old ones."
  type        = number
  default     = 60
  nullable    = false

  validation {
    condition     = var.dns_ttl >= 1 && var.dns_ttl <= 85 && floor(var.dns_ttl) == var.dns_ttl
    error_message = "dns_ttl: ${var.dns_ttl} (expected: whole seconds from 1 to 85, so that a task can outlive its records within ECS's stop timeout of 120 s)."
  }
}

variable "dns_negative_ttl" {
  description = "Seconds for which resolvers may remember that a service has no task. Null leaves what AWS sets; a number needs the AWS CLI where Terraform runs."
  type        = number
  default     = null

  validation {
    condition     = try(var.dns_negative_ttl >= 1 && var.dns_negative_ttl <= 900 && floor(var.dns_negative_ttl) == var.dns_negative_ttl, var.dns_negative_ttl == null)
    error_message = "dns_negative_ttl: ${coalesce(var.dns_negative_ttl, 0)} (expected: null, or whole seconds from 1 to 900)."
  }
}

variable "vpc_cidr" {
  description = "Address range of the VPC that is made, from /16 to /20."
  type        = string
  default     = "10.0.0.0/16"
  nullable    = false

  validation {
    condition     = try(cidrsubnet(var.vpc_cidr, 0, 0) == var.vpc_cidr, false) && can(regex("^(10|172\\.(1[6-9]|2[0-9]|3[01])|192\\.168)\\..+/(1[6-9]|20)$", var.vpc_cidr))
    error_message = "vpc_cidr: ${var.vpc_cidr} (expected: a private IPv4 network from /16, the largest that a VPC may be, to /20, whose 256ths are the smallest subnets; such as 10.0.0.0/16)."
  }
}

variable "existing_vpc" {
  description = "A VPC that is there already and subnets of it, one per availability zone; assign_public_ip where they are public and without NAT. Null makes a VPC with two public subnets."
  type = object({
    vpc_id           = string
    subnet_ids       = list(string)
    assign_public_ip = optional(bool, true)
  })
  default = null
}

variable "cpu_architecture" {
  description = "Processor of the tasks, and of the images: ARM64, which costs a fifth less, or X86_64."
  type        = string
  default     = "ARM64"
  nullable    = false

  validation {
    condition     = contains(["ARM64", "X86_64"], var.cpu_architecture)
    error_message = "cpu_architecture: ${var.cpu_architecture} (expected: ARM64 or X86_64)."
  }
}

variable "log_retention_days" {
  description = "Days after which CloudWatch deletes log lines."
  type        = number
  default     = 14
  nullable    = false
}

variable "container_insights" {
  description = "Whether CloudWatch collects metrics of every task, which costs more than these tasks do."
  type        = bool
  default     = false
  nullable    = false
}

variable "toolbox" {
  description = "Whether there is a task definition of a machine with dig and curl, to be started when needed and entered by ECS Exec."
  type        = bool
  default     = false
  nullable    = false
}

variable "ecs_exec" {
  description = "Whether people may enter the services' own tasks by ECS Exec. Their root file systems can then be written to."
  type        = bool
  default     = false
  nullable    = false
}

variable "wait_for_steady_state" {
  description = "Whether apply waits until deployments are over, and fails if one was rolled back."
  type        = bool
  default     = true
  nullable    = false
}
