variable "name" {
  description = "Family of the task definition."
  type        = string
  nullable    = false
}

variable "region" {
  description = "AWS region, for the log driver."
  type        = string
  nullable    = false
}

variable "vpc_id" {
  description = "VPC that the task runs in."
  type        = string
  nullable    = false
}

variable "image" {
  description = "Image with a package manager called dnf and with curl."
  type        = string
  default     = "public.ecr.aws/amazonlinux/amazonlinux:2023"
  nullable    = false
}

variable "cpu_architecture" {
  description = "ARM64 or X86_64."
  type        = string
  nullable    = false
}

variable "roles" {
  description = "ARNs of the execution role and of the task role."
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
