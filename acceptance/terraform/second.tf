# The same resources with other values, false and 0 among them, and without what may be left out.
terraform {
  required_providers {
    authsignal = {
      source = "authsignal/authsignal"
    }
  }
}

resource "authsignal_action_configuration" "action" {
  action_code                = "terraform-action"
  default_user_action_result = "ALLOW"
}

resource "authsignal_rule" "rule" {
  action_code = "terraform-rules"
  name        = "known"
  priority    = 7
  type        = "ALLOW"
  is_active   = true
  conditions  = jsonencode({ or = [{ "==" = [{ var = "ip.isAnonymous" }, false] }, { in = [{ var = "ip.countryCode" }, ["NZ"]] }] })
}

resource "authsignal_value_list" "strings" {
  name                     = "Terraform Strings"
  is_active                = false
  value_list_items_strings = ["c"]
}

resource "authsignal_value_list" "numbers" {
  name                     = "Terraform Numbers"
  is_active                = true
  value_list_items_numbers = [0]
}

resource "authsignal_custom_data_point" "points" {
  for_each   = toset(["text", "number"])
  name       = "terraform_${each.key}"
  data_type  = each.key
  model_type = each.key == "text" ? "action" : "user"
  # Other fields that change make the provider replace the data point; this one it updates.
  description = "of type ${each.key}"
}

resource "authsignal_message_overrides" "messages" {
  overrides = {
    en = { "sms-code-entry.heading" = "Enter the code that we sent" }
  }
}

resource "authsignal_pre_built_ui_settings" "settings" {
  hide_success_screen_on_enrollment = false
}

resource "authsignal_theme" "theme" {
  name          = "Terraform"
  primary_color = "#654321"
  container = {
    padding       = 5
    exit_position = "top"
  }
  typography = {
    text = { font_url = "https://shop.example/one.woff2" }
  }
  links   = { underline = false }
  shadows = { enabled = true }
  dark_mode = {
    primary_color = "#abcdef"
  }
}

output "rule" {
  value = authsignal_rule.rule.rule_id
}

output "points" {
  value = [for point in authsignal_custom_data_point.points : point.id]
}
