mock_provider "aws" {}

variables {
  name       = "trading-platform"
  vpc_id     = "vpc-0a1b2c3d"
  subnet_ids = ["subnet-0a1b", "subnet-2c3d"]
  clients    = { stock-service = "sg-0a1b" }
  password   = "not-a-real-one"
}

run "refuses_a_class_that_is_none" {
  command = plan
  module { source = "./modules/core/database" }
  variables { instance_class = "t4g.micro" }
  expect_failures = [var.instance_class]
}

run "refuses_less_storage_than_rds_has" {
  command = plan
  module { source = "./modules/core/database" }
  variables { storage_gb = 10 }
  expect_failures = [var.storage_gb]
}

run "is_private_encrypted_and_hard_to_lose" {
  command = plan
  module { source = "./modules/core/database" }

  assert {
    condition     = !aws_db_instance.this.publicly_accessible && aws_db_instance.this.storage_encrypted && aws_db_instance.this.deletion_protection && !aws_db_instance.this.skip_final_snapshot
    error_message = "The server is public, in plain text, or gone without a snapshot."
  }
  assert {
    condition     = terraform_data.last.triggers_replace == ["trading-platform"]
    error_message = "Servers of different names would leave snapshots of one."
  }
  assert {
    condition     = aws_db_instance.this.password == null
    error_message = "The password would be in the state."
  }
  assert {
    condition     = { for name, rule in aws_vpc_security_group_ingress_rule.postgresql : name => "${rule.referenced_security_group_id} ${rule.from_port}" } == { stock-service = "sg-0a1b 5432" }
    error_message = "PostgreSQL is open to others."
  }
}

run "leaves_a_snapshot_when_it_may_be_deleted" {
  module { source = "./modules/core/database" }
  variables { deletion_protection = false }

  assert {
    condition     = !aws_db_instance.this.deletion_protection && !aws_db_instance.this.skip_final_snapshot
    error_message = "The server cannot be deleted, or goes without a snapshot."
  }
  assert {
    condition     = can(regex("^trading-platform-last-[0-9a-f]{8}$", aws_db_instance.this.final_snapshot_identifier)) && endswith(aws_db_instance.this.final_snapshot_identifier, split("-", terraform_data.last.id)[0])
    error_message = "The snapshot of a second server would have the name of the first one's."
  }
}

run "leaves_none_when_that_was_said" {
  command = plan
  module { source = "./modules/core/database" }
  variables {
    deletion_protection = false
    last_snapshot       = false
  }

  assert {
    condition     = aws_db_instance.this.skip_final_snapshot && aws_db_instance.this.final_snapshot_identifier == null
    error_message = "A snapshot is left, and paid for, that nobody wants."
  }
}
