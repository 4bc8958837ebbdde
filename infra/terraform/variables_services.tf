variable "stock_service" {
  description = "Tasks of stock-service: how many, CPU units, MiB, tag of the image, FARGATE or FARGATE_SPOT or MIXED, limits of autoscaling."
  type = object({
    replicas    = optional(number, 3)
    cpu         = optional(number, 256)
    memory      = optional(number, 512)
    image_tag   = optional(string, "0.1.0")
    image       = optional(string)
    capacity    = optional(string, "FARGATE")
    autoscaling = optional(object({ min = number, max = number, cpu = optional(number, 60) }))
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.stock_service.replicas >= 0 && var.stock_service.replicas <= 20 && floor(var.stock_service.replicas) == var.stock_service.replicas
    error_message = "stock_service.replicas: ${var.stock_service.replicas} (expected: a whole number from 0 to 20)."
  }
}

variable "signal_service" {
  description = "Tasks of signal-service, in the same words."
  type = object({
    replicas    = optional(number, 1)
    cpu         = optional(number, 256)
    memory      = optional(number, 512)
    image_tag   = optional(string, "0.1.0")
    image       = optional(string)
    capacity    = optional(string, "FARGATE")
    autoscaling = optional(object({ min = number, max = number, cpu = optional(number, 60) }))
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.signal_service.replicas >= 0 && var.signal_service.replicas <= 20 && floor(var.signal_service.replicas) == var.signal_service.replicas
    error_message = "signal_service.replicas: ${var.signal_service.replicas} (expected: a whole number from 0 to 20)."
  }
}

variable "stop" {
  description = "Seconds: how long a task serves on after its records' ttl, how long requests may then take to end, and after how long ECS kills it (at most 120)."
  type = object({
    margin   = optional(number, 5)
    graceful = optional(number, 30)
    timeout  = optional(number, 110)
  })
  default  = {}
  nullable = false
}

variable "stock_auth" {
  description = "Tokens that writes of quotes need: of this OpenID issuer, or signed with the key in this SSM parameter (its name). If both are null, each caller that can reach the service may write, and the service logs a warning."
  type = object({
    issuer           = optional(string)
    secret_parameter = optional(string)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.stock_auth.issuer == null || var.stock_auth.secret_parameter == null
    error_message = "stock_auth: issuer and secret_parameter are both set (expected: one of them)."
  }

  validation {
    condition     = var.stock_auth.secret_parameter == null || can(regex("^(/[a-zA-Z0-9_.-]+)+$", var.stock_auth.secret_parameter))
    error_message = "stock_auth.secret_parameter: ${coalesce(var.stock_auth.secret_parameter, "none")} (expected: the name of an SSM parameter, such as /trading-platform/stock-auth-secret)."
  }
}

variable "secrets_kms_key_arn" {
  description = "Customer managed key that the SSM parameters are encrypted with. Null for AWS's own."
  type        = string
  default     = null

  validation {
    condition     = var.secrets_kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.secrets_kms_key_arn))
    error_message = "secrets_kms_key_arn: ${coalesce(var.secrets_kms_key_arn, "none")} (expected: the ARN of a KMS key)."
  }
}

variable "efs_backups" {
  description = "Whether AWS Backup copies the file system every day, at its own price."
  type        = bool
  default     = false
  nullable    = false
}

variable "postgresql" {
  description = "A PostgreSQL server on RDS in place of SQLite on EFS; the SSM parameter with its password must be there. keep_file_system keeps SQLite's file beside it, for the time of a move. Null keeps SQLite."
  type = object({
    password_parameter  = optional(string, "/trading-platform/database-password")
    password_version    = optional(number, 1)
    instance_class      = optional(string, "db.t4g.micro")
    storage_gb          = optional(number, 20)
    multi_az            = optional(bool, false)
    deletion_protection = optional(bool, true)
    last_snapshot       = optional(bool, true)
    keep_file_system    = optional(bool, false)
  })
  default = null

  validation {
    condition     = var.postgresql == null || can(regex("^(/[a-zA-Z0-9_.-]+)+$", var.postgresql.password_parameter))
    error_message = "postgresql.password_parameter: ${try(var.postgresql.password_parameter, "")} (expected: the name of an SSM parameter, such as /trading-platform/database-password)."
  }
}

variable "http_api" {
  description = "A public HTTPS address for signal-service, by API Gateway: requests per second that all callers together may make, and whether quotes can be imported there, for which stock_auth must say who may. Null for none."
  type = object({
    requests_per_second = optional(number, 50)
    writes              = optional(bool, false)
  })
  default = null

  validation {
    condition     = !try(var.http_api.writes, false) || var.stock_auth.issuer != null || var.stock_auth.secret_parameter != null
    error_message = "http_api.writes: true (expected: false, or stock_auth with an issuer or a secret_parameter; otherwise the whole internet could write quotes)."
  }
}
