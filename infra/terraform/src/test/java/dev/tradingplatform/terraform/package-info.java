/**
 * Tests of the Terraform in {@code infra/terraform}: its form, its modules with a mocked provider, its plans, and what
 * it makes in an emulated AWS. Skipped, each with a sentence, where terraform, its provider or the emulator is missing;
 * in error there if {@code REQUIRE_TERRAFORM=1}. Never in touch with AWS itself.
 */
@NullMarked
package dev.tradingplatform.terraform;

import org.jspecify.annotations.NullMarked;
