variable "name" {
  description = "Name of the database server."
  type        = string
  nullable    = false
}

variable "vpc_id" {
  description = "VPC of the server."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "Subnets in two or more availability zones."
  type        = list(string)
  nullable    = false
}

variable "clients" {
  description = "Security groups whose tasks may connect, by the name of the service."
  type        = map(string)
  nullable    = false
}

variable "password" {
  description = "Password of the server. Neither in the state nor in a plan."
  type        = string
  nullable    = false
  sensitive   = true
  ephemeral   = true
}

variable "password_version" {
  description = "Raise by one after the parameter has changed, so that the server gets the new password."
  type        = number
  default     = 1
  nullable    = false
}

variable "instance_class" {
  description = "Size of the server."
  type        = string
  default     = "db.t4g.micro"
  nullable    = false

  validation {
    condition     = can(regex("^db\\.[a-z0-9]+\\.[a-z0-9]+$", var.instance_class))
    error_message = "instance_class: ${var.instance_class} (expected: a class such as db.t4g.micro)."
  }
}

variable "storage_gb" {
  description = "Disk of the server, in GB."
  type        = number
  default     = 20
  nullable    = false

  validation {
    condition     = var.storage_gb >= 20 && var.storage_gb <= 65536 && floor(var.storage_gb) == var.storage_gb
    error_message = "storage_gb: ${var.storage_gb} (expected: whole GB from 20 to 65536)."
  }
}

variable "multi_az" {
  description = "Whether a second server stands by in another availability zone, at twice the price."
  type        = bool
  default     = false
  nullable    = false
}

variable "deletion_protection" {
  description = "Whether the server refuses to be deleted."
  type        = bool
  default     = true
  nullable    = false
}

variable "last_snapshot" {
  description = "Whether the server leaves a snapshot when it is deleted."
  type        = bool
  default     = true
  nullable    = false
}
