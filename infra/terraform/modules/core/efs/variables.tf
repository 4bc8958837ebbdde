variable "name" {
  description = "Name of the file system."
  type        = string
  nullable    = false
}

variable "vpc_id" {
  description = "VPC of the mount targets."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "Subnets that get a mount target, one per availability zone."
  type        = list(string)
  nullable    = false
}

variable "clients" {
  description = "Security groups whose tasks may mount the file system, by the name of the service."
  type        = map(string)
  nullable    = false
}

variable "client_role_arns" {
  description = "Task roles that may mount the file system through the access point."
  type        = list(string)
  nullable    = false
}

variable "user" {
  description = "User and group id that all files belong to; those of the container."
  type        = number
  default     = 10001
  nullable    = false

  validation {
    condition     = var.user >= 1 && var.user <= 4294967295 && floor(var.user) == var.user
    error_message = "user: ${var.user} (expected: a whole number above 0; 0 is root)."
  }
}

variable "backups" {
  description = "Whether AWS Backup copies the file system every day, at its own price."
  type        = bool
  default     = false
  nullable    = false
}
