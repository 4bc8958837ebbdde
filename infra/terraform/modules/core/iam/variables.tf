variable "name" {
  description = "Name of the service that the two roles are for."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9-]{1,40}$", var.name))
    error_message = "name: ${var.name} (expected: 1 to 40 letters, digits and hyphens)."
  }
}

variable "account_id" {
  description = "Account whose tasks may take the roles."
  type        = string
  nullable    = false
}

variable "repository_arn" {
  description = "Repository that the task's image is pulled from. Null for public images."
  type        = string
  default     = null
}

variable "log_group_arn" {
  description = "Log group that the task writes to."
  type        = string
  nullable    = false
}

variable "secret_arns" {
  description = "SSM parameters that ECS reads for the task before it starts."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.secret_arns : can(regex("^arn:[a-z-]+:ssm:[a-z0-9-]+:[0-9]{12}:parameter/.+$", arn))])
    error_message = "secret_arns: ${join(", ", var.secret_arns)} (expected: ARNs of SSM parameters)."
  }
}

variable "kms_key_arns" {
  description = "Customer managed keys that the secrets are encrypted with. AWS's own key for SSM needs no permission."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "file_system" {
  description = "EFS file system and access point that the task mounts. Null for none."
  type = object({
    arn              = string
    access_point_arn = string
  })
  default = null
}

variable "exec" {
  description = "Whether people may enter the task by ECS Exec."
  type        = bool
  default     = false
  nullable    = false
}
