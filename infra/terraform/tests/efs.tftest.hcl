mock_provider "aws" {
  mock_resource "aws_efs_file_system" {
    defaults = { id = "fs-0a1b", arn = "arn:aws:elasticfilesystem:us-east-1:123456789012:file-system/fs-0a1b" }
  }
  mock_resource "aws_efs_access_point" {
    defaults = { id = "fsap-0a1b", arn = "arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-0a1b" }
  }
}

variables {
  name             = "trading-platform"
  vpc_id           = "vpc-0a1b2c3d"
  subnet_ids       = ["subnet-0a1b", "subnet-2c3d"]
  clients          = { stock-service = "sg-0a1b" }
  client_role_arns = ["arn:aws:iam::123456789012:role/stock-task"]
}

run "is_encrypted_and_belongs_to_the_containers_user" {
  module { source = "./modules/core/efs" }

  assert {
    condition     = aws_efs_file_system.this.encrypted && aws_efs_file_system.this.throughput_mode == "elastic"
    error_message = "The file system is not encrypted, or not elastic."
  }
  assert {
    condition     = aws_efs_access_point.this.posix_user[0].uid == 10001 && aws_efs_access_point.this.root_directory[0].creation_info[0].owner_uid == 10001 && aws_efs_access_point.this.root_directory[0].creation_info[0].permissions == "0750"
    error_message = "Files do not belong to the container's user alone."
  }
  assert {
    condition     = length(aws_efs_mount_target.this) == 2
    error_message = "A zone has no mount target."
  }
  assert {
    condition     = length(aws_efs_backup_policy.this) == 0
    error_message = "Backups are paid for although nobody asked."
  }
}

run "lets_one_role_in_through_the_access_point_and_nobody_in_plain_text" {
  module { source = "./modules/core/efs" }

  assert {
    condition     = jsondecode(aws_efs_file_system_policy.this.policy).Statement[0].Principal.AWS == ["arn:aws:iam::123456789012:role/stock-task"]
    error_message = "Others than the named role may mount."
  }
  assert {
    condition     = jsondecode(aws_efs_file_system_policy.this.policy).Statement[0].Condition.StringEquals["elasticfilesystem:AccessPointArn"] == aws_efs_access_point.this.arn
    error_message = "The file system can be mounted beside the access point."
  }
  assert {
    condition     = jsondecode(aws_efs_file_system_policy.this.policy).Statement[1].Effect == "Deny" && jsondecode(aws_efs_file_system_policy.this.policy).Statement[1].Condition.Bool["aws:SecureTransport"] == "false"
    error_message = "Mounts without TLS are let in."
  }
}

run "opens_nfs_to_its_clients_alone" {
  module { source = "./modules/core/efs" }

  assert {
    condition     = { for name, rule in aws_vpc_security_group_ingress_rule.nfs : name => "${rule.referenced_security_group_id} ${rule.from_port}-${rule.to_port} ${coalesce(rule.cidr_ipv4, "-")}" } == { stock-service = "sg-0a1b 2049-2049 -" }
    error_message = "NFS is open to others, or on other ports."
  }
}

run "backs_up_when_asked" {
  command = plan
  module { source = "./modules/core/efs" }
  variables { backups = true }

  assert {
    condition     = aws_efs_backup_policy.this[0].backup_policy[0].status == "ENABLED"
    error_message = "Backups were asked for."
  }
}

run "refuses_root" {
  command = plan
  module { source = "./modules/core/efs" }
  variables { user = 0 }
  expect_failures = [var.user]
}
