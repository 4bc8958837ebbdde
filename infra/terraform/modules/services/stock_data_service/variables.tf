variable "name" {
  description = "Name of the ECS service, its container and its task definition family; first label of its DNS name."
  type        = string
  nullable    = false
}

variable "namespace" {
  description = "DNS namespace of the service: tasks answer requests for its name there, and refuse other host names."
  type        = string
  nullable    = false
}

variable "region" {
  description = "AWS region, for the log driver."
  type        = string
  nullable    = false
}

variable "cluster" {
  description = "ARN and name of the cluster."
  type = object({
    arn  = string
    name = string
  })
  nullable = false
}

variable "network" {
  description = "Where tasks run, and whether they need a public IPv4 address to reach AWS."
  type = object({
    vpc_id           = string
    subnet_ids       = list(string)
    assign_public_ip = bool
  })
  nullable = false
}

variable "callers" {
  description = "Security groups that may call the service, by the name of the caller. Nobody else may."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "roles" {
  description = "ARNs of the role that ECS starts tasks with, and of the role of the code in them."
  type = object({
    execution = string
    task      = string
  })
  nullable = false
}

variable "log_group" {
  description = "Name of the log group."
  type        = string
  nullable    = false
}

variable "registry_arn" {
  description = "Cloud Map service that ECS registers tasks in."
  type        = string
  nullable    = false
}

variable "dns_ttl" {
  description = "Ttl of the registry's records in seconds, for which a task serves on after it has left them."
  type        = number
  nullable    = false
}

variable "image" {
  description = "Image with its tag or digest."
  type        = string
  nullable    = false
}

variable "size" {
  description = "CPU units (1024 are one vCPU), memory in MiB, and the processor: ARM64 or X86_64."
  type = object({
    cpu          = number
    memory       = number
    architecture = string
  })
  nullable = false

  validation {
    condition     = contains(["ARM64", "X86_64"], var.size.architecture)
    error_message = "size.architecture: ${var.size.architecture} (expected: ARM64 or X86_64)."
  }
}

variable "stop" {
  description = "Seconds: how long a task serves on after its records' ttl, how long requests may then take to end, and after how long ECS kills it."
  type = object({
    margin   = optional(number, 5)
    graceful = optional(number, 30)
    timeout  = optional(number, 110)
  })
  default  = {}
  nullable = false
}

variable "replicas" {
  description = "Tasks that run; where there is autoscaling, at first."
  type        = number
  nullable    = false
}

variable "capacity" {
  description = "FARGATE; FARGATE_SPOT, which AWS may take away with two minutes' notice; or MIXED, one task on FARGATE and the rest on FARGATE_SPOT."
  type        = string
  default     = "FARGATE"
  nullable    = false
}

variable "autoscaling" {
  description = "Limits, and the mean CPU use in percent that is kept up. Null keeps the number of replicas."
  type = object({
    min = number
    max = number
    cpu = optional(number, 60)
  })
  default = null
}

variable "exec" {
  description = "Whether people may enter tasks by ECS Exec. AWS then needs a root file system that can be written to."
  type        = bool
  default     = false
  nullable    = false
}

variable "wait_for_steady_state" {
  description = "Whether apply waits until the deployment is over, and fails if it was rolled back."
  type        = bool
  default     = true
  nullable    = false
}

variable "sqlite" {
  description = "EFS mount for one SQLite file that all replicas share. Null where there is PostgreSQL."
  type = object({
    file_system_id  = string
    access_point_id = string
  })
  default = null
}

variable "postgresql" {
  description = "JDBC URL, user, and ARN of the SSM parameter with the password. Null where there is SQLite."
  type = object({
    url          = string
    username     = string
    password_arn = string
  })
  default = null
}

variable "auth" {
  description = "Tokens that writes need: of this OpenID issuer, or signed with the key in this SSM parameter (ARN). Both null lets every caller write."
  type = object({
    issuer     = optional(string)
    secret_arn = optional(string)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.auth.issuer == null || var.auth.secret_arn == null
    error_message = "auth: issuer and secret_arn are both set (expected: one of them)."
  }

  validation {
    condition     = var.auth.issuer == null || can(regex("^https://[^\\s]+$", var.auth.issuer))
    error_message = "auth.issuer: ${coalesce(var.auth.issuer, "none")} (expected: the https URL of an OpenID provider)."
  }
}
