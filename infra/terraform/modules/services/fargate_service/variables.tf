variable "name" {
  description = "Name of the ECS service, its container and its task definition family; first label of its DNS name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$", var.name))
    error_message = "name: ${var.name} (expected: one lower-case DNS label, such as stock-service)."
  }
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

  validation {
    condition     = var.roles.execution != var.roles.task
    error_message = "roles: both are ${var.roles.task} (expected: two roles; the code must not be able to read what ECS reads to start it)."
  }
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

# Apart from the ARN: what the task definition is made of cannot be replaced without both being there for a while, and of
# a registry's name there can be but one.
variable "dns_ttl" {
  description = "Ttl of the registry's records in seconds, for which a task serves on after it has left them."
  type        = number
  nullable    = false
}

variable "image" {
  description = "Image with its tag or digest."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[^\\s:@]+(:[0-9]+/[^\\s:@]+)?(:[A-Za-z0-9_][A-Za-z0-9_.-]*|@sha256:[0-9a-f]{64})$", var.image)) && !endswith(var.image, ":latest")
    error_message = "image: ${var.image} (expected: an image with a tag other than latest, or with a digest, so that a rollback finds the one before)."
  }
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
    condition = contains(lookup({
      256   = [512, 1024, 2048]
      512   = range(1024, 4097, 1024)
      1024  = range(2048, 8193, 1024)
      2048  = range(4096, 16385, 1024)
      4096  = range(8192, 30721, 1024)
      8192  = range(16384, 61441, 4096)
      16384 = range(32768, 122881, 8192)
    }, var.size.cpu, []), var.size.memory)
    error_message = "size: ${var.size.cpu} CPU units with ${var.size.memory} MiB (expected: a pair that Fargate offers, such as 256 with 512, 1024 or 2048)."
  }

  validation {
    condition     = contains(["ARM64", "X86_64"], var.size.architecture)
    error_message = "size.architecture: ${var.size.architecture} (expected: ARM64 or X86_64)."
  }
}

variable "port" {
  description = "Port that the container listens on, and that its SRV records name."
  type        = number
  default     = 80
  nullable    = false

  validation {
    condition     = var.port >= 1 && var.port <= 65535 && floor(var.port) == var.port
    error_message = "port: ${var.port} (expected: a whole number from 1 to 65535)."
  }
}

variable "environment" {
  description = "Environment variables beside those that the module sets itself. No secrets."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.environment) : !can(regex("SECRET|PASSWORD|TOKEN", name))])
    error_message = "environment: ${join(", ", keys(var.environment))} (expected: nothing secret; name an SSM parameter in secrets instead)."
  }
}

variable "secrets" {
  description = "ARNs of SSM parameters, by the environment variable that gets their value."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "user" {
  description = "User and group id of the process."
  type        = number
  default     = 10001
  nullable    = false

  validation {
    condition     = var.user >= 1 && floor(var.user) == var.user
    error_message = "user: ${var.user} (expected: a whole number above 0; 0 is root)."
  }
}

variable "data" {
  description = "Directory that the process may write to beside /tmp, on an EFS access point, or on the task's own disk where that is null. Null for none."
  type = object({
    path = string
    efs = optional(object({
      file_system_id  = string
      access_point_id = string
    }))
  })
  default = null
}

variable "health_command" {
  description = "Command in the image that ends with 0 when the service is ready."
  type        = list(string)
  default     = ["CMD", "/app/health"]
  nullable    = false
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

  validation {
    condition     = var.stop.timeout >= 2 && var.stop.timeout <= 120 && var.stop.margin >= 0 && var.stop.graceful >= 1
    error_message = "stop: timeout ${var.stop.timeout} s, margin ${var.stop.margin} s, graceful ${var.stop.graceful} s (expected: a timeout from 2 to 120, which is as long as Fargate waits, a margin of 0 or more, 1 or more for requests)."
  }
}
