variable "tasks" {
  description = "Tasks that run all month, by service: how many, of which size."
  type = map(object({
    count  = number
    cpu    = number
    memory = number
  }))
  nullable = false
}

variable "cpu_architecture" {
  description = "ARM64 or X86_64."
  type        = string
  nullable    = false
}

variable "public_ip" {
  description = "Whether each task has a public IPv4 address."
  type        = bool
  nullable    = false
}

variable "efs" {
  description = "Whether there is a file system, with the assumed gigabyte in it."
  type        = bool
  nullable    = false
}

variable "database" {
  description = "Database server. Null for none."
  type = object({
    instance_class = string
    storage_gb     = number
    multi_az       = bool
  })
  default = null
}
