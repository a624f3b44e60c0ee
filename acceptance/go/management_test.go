package acceptance

import (
	"encoding/base64"
	"strings"
	"testing"

	management "github.com/authsignal/authsignal-management-go/v6"
)

// told is what a call of the management client gives.
type told[T any] struct {
	value  *T
	status int
	err    error
}

func says[T any](value *T, status int, err error) told[T] { return told[T]{value, status, err} }

// ok gives the value of a call that must not fail.
func (a told[T]) ok(t *testing.T) T {
	t.Helper()
	if a.err != nil || a.status != 200 || a.value == nil {
		t.Fatalf("%d %v", a.status, a.err)
	}
	return *a.value
}

// refused checks that the call failed so, and that the client's error names the reason.
func (a told[T]) refused(t *testing.T, status int, code string) {
	t.Helper()
	if a.err == nil || a.status != status || !strings.Contains(a.err.Error(), "error: "+code) {
		t.Errorf("got %d %v, want %d %s", a.status, a.err, status, code)
	}
	if a.err != nil && strings.HasSuffix(a.err.Error(), "error description: ") {
		t.Errorf("no description: %v", a.err)
	}
}

func null[T any]() map[string]T {
	var none T
	return management.SetNull(none)
}

func parsed(t *testing.T, text string) any {
	t.Helper()
	var value any
	unmarshal(t, []byte(text), &value)
	return value
}

func TestGivenTheManagementSecret_whenACallIsMade_thenItGoesAsBasicWithAColon(t *testing.T) {
	sdk, noting := managementClient(t, managementSecret)

	says(sdk.GetTenant()).ok(t)

	equal(t, "Authorization", noting.last().Header.Get("Authorization"),
		"Basic "+base64.StdEncoding.EncodeToString([]byte(managementSecret+":")))
}

func TestGivenAWrongSecretOrTheServers_whenAManagementCallIsMade_thenItIs401(t *testing.T) {
	for _, secret := range []string{"", "wrong", apiSecret, tenantID} {
		sdk, _ := managementClient(t, secret)

		says(sdk.GetTenant()).refused(t, 401, "unauthorized")
		says(sdk.CreateActionConfiguration(management.ActionConfiguration{})).refused(t, 401, "unauthorized")
		says(sdk.UpdateTheme(management.Theme{})).refused(t, 401, "unauthorized")
		says(sdk.DeleteValueList("any")).refused(t, 401, "unauthorized")
	}
}

func TestGivenAnActionConfiguration_whenItIsReadPatchedAndDeleted_thenItIsWhatWasAskedFor(t *testing.T) {
	sdk, _ := managementClient(t, managementSecret)
	code := unique("code")
	templates := any(map[string]any{"en": map[string]any{"defaultTemplate": "Your code"}})
	full := management.ActionConfigurationResponse{
		TenantId: tenantID, ActionCode: code, DefaultUserActionResult: "BLOCK", MessagingTemplates: templates,
		VerificationMethods: []string{"PASSKEY", "EMAIL_OTP"}, PromptToEnrollVerificationMethods: []string{"PASSKEY"},
		DefaultVerificationMethod: "EMAIL_OTP",
	}
	says(sdk.GetActionConfiguration(code)).refused(t, 404, "invalid_request")

	created := says(sdk.CreateActionConfiguration(management.ActionConfiguration{
		ActionCode:                        management.SetValue(code),
		DefaultUserActionResult:           management.SetValue(full.DefaultUserActionResult),
		MessagingTemplates:                management.SetValue[management.MessagingTemplates](templates),
		VerificationMethods:               management.SetValue(full.VerificationMethods),
		PromptToEnrollVerificationMethods: management.SetValue(full.PromptToEnrollVerificationMethods),
		DefaultVerificationMethod:         management.SetValue(full.DefaultVerificationMethod),
	})).ok(t)

	equal(t, "created", created, full)
	equal(t, "read", says(sdk.GetActionConfiguration(code)).ok(t), full)
	again := management.ActionConfiguration{ActionCode: management.SetValue(code)}
	says(sdk.CreateActionConfiguration(again)).refused(t, 400, "invalid_request")

	equal(t, "untouched", says(sdk.UpdateActionConfiguration(code, management.ActionConfiguration{})).ok(t), full)
	says(sdk.UpdateActionConfiguration(code, management.ActionConfiguration{
		DefaultUserActionResult: management.SetValue("MAYBE"),
	})).refused(t, 400, "invalid_request")
	reset := management.ActionConfigurationResponse{TenantId: tenantID, ActionCode: code, DefaultUserActionResult: "REVIEW"}
	equal(t, "reset", says(sdk.UpdateActionConfiguration(code, management.ActionConfiguration{
		DefaultUserActionResult:           management.SetValue("REVIEW"),
		MessagingTemplates:                null[management.MessagingTemplates](),
		VerificationMethods:               null[[]string](),
		PromptToEnrollVerificationMethods: null[[]string](),
		DefaultVerificationMethod:         null[string](),
	})).ok(t), reset)
	equal(t, "read", says(sdk.GetActionConfiguration(code)).ok(t), reset)

	says(sdk.DeleteActionConfiguration(code)).ok(t)
	says(sdk.GetActionConfiguration(code)).refused(t, 404, "invalid_request")
	says(sdk.UpdateActionConfiguration(code, management.ActionConfiguration{})).refused(t, 404, "invalid_request")
	says(sdk.DeleteActionConfiguration(code)).refused(t, 404, "invalid_request")
}

func TestGivenARule_whenItIsReadPatchedAndDeleted_thenItIsWhatWasAskedFor(t *testing.T) {
	sdk, _ := managementClient(t, managementSecret)
	code := unique("code")
	conditions := parsed(t, `{"and":[{"==":[{"var":"ip.isAnonymous"},false]}]}`)
	required := management.Rule{
		Name: management.SetValue("first"), IsActive: management.SetValue(false), Priority: management.SetValue(int64(0)),
		Type: management.SetValue("REVIEW"), Conditions: management.SetValue[management.Condition](conditions),
	}
	whole := required
	whole.Description = management.SetValue("why")
	whole.VerificationMethods = management.SetValue([]string{"EMAIL_OTP", "AUTHENTICATOR_APP"})
	whole.PromptToEnrollVerificationMethods = management.SetValue([]string{"PASSKEY"})
	whole.DefaultVerificationMethod = management.SetValue("EMAIL_OTP")

	created := says(sdk.CreateRule(code, whole)).ok(t)

	full := management.RuleResponse{
		Name: "first", Description: "why", ActionCode: code, RuleId: created.RuleId, TenantId: tenantID, Type: "REVIEW",
		VerificationMethods:               []string{"EMAIL_OTP", "AUTHENTICATOR_APP"},
		PromptToEnrollVerificationMethods: []string{"PASSKEY"}, DefaultVerificationMethod: "EMAIL_OTP", Conditions: conditions,
	}
	equal(t, "created", created, full)
	equal(t, "read", says(sdk.GetRule(code, created.RuleId)).ok(t), full)
	equal(t, "the action it brought", says(sdk.GetActionConfiguration(code)).ok(t).DefaultUserActionResult, "CHALLENGE")
	says(sdk.CreateRule(code, management.Rule{})).refused(t, 400, "invalid_request")

	equal(t, "untouched", says(sdk.UpdateRule(code, created.RuleId, management.Rule{})).ok(t), full)
	bare := full
	bare.Name, bare.IsActive, bare.Priority, bare.Type = "second", true, 7, "ALLOW"
	bare.Description, bare.DefaultVerificationMethod = "", ""
	bare.VerificationMethods, bare.PromptToEnrollVerificationMethods = nil, nil
	equal(t, "patched", says(sdk.UpdateRule(code, created.RuleId, management.Rule{
		Name: management.SetValue("second"), IsActive: management.SetValue(true), Priority: management.SetValue(int64(7)),
		Type: management.SetValue("ALLOW"), Description: null[string](), DefaultVerificationMethod: null[string](),
		VerificationMethods: null[[]string](), PromptToEnrollVerificationMethods: null[[]string](),
	})).ok(t), bare)
	bare.IsActive, bare.Priority = false, 0
	equal(t, "false and 0", says(sdk.UpdateRule(code, created.RuleId, management.Rule{
		IsActive: management.SetValue(false), Priority: management.SetValue(int64(0)),
	})).ok(t), bare)
	says(sdk.UpdateRule(code, created.RuleId, management.Rule{Name: null[string]()})).refused(t, 400, "invalid_request")
	equal(t, "read", says(sdk.GetRule(code, created.RuleId)).ok(t), bare)

	says(sdk.DeleteRule(code, created.RuleId)).ok(t)
	says(sdk.GetRule(code, created.RuleId)).refused(t, 404, "invalid_request")
	says(sdk.UpdateRule(code, created.RuleId, management.Rule{})).refused(t, 404, "invalid_request")
	says(sdk.DeleteRule(code, created.RuleId)).refused(t, 404, "invalid_request")
	says(sdk.DeleteActionConfiguration(code)).ok(t)
}

func TestGivenAValueList_whenItIsReadPatchedAndDeleted_thenItIsWhatWasAskedFor(t *testing.T) {
	sdk, _ := managementClient(t, managementSecret)

	for itemType, items := range map[string][2][]management.ValueListItem{
		"string": {{"b", "a", "b"}, {"c"}}, "number": {{3.0, 1.5, 2.0}, {0.0}},
	} {
		name := unique("Values Of " + itemType)
		alias := strings.ReplaceAll(strings.ToLower(name), " ", "-")
		says(sdk.GetValueList(alias)).refused(t, 404, "invalid_request")

		created := says(sdk.CreateValueList(management.ValueList{
			Name: management.SetValue(name), ItemType: management.SetValue(itemType),
			ValueListItems: management.SetValue(items[0]), IsActive: management.SetValue(true),
		})).ok(t)

		full := management.ValueListResponse{Name: name, Alias: alias, ItemType: itemType, ValueListItems: items[0], IsActive: true}
		equal(t, "created", created, full)
		equal(t, "read", says(sdk.GetValueList(alias)).ok(t), full)
		equal(t, "untouched", says(sdk.UpdateValueList(alias, management.ValueList{})).ok(t), full)
		full.ValueListItems, full.IsActive = items[1], false
		equal(t, "patched", says(sdk.UpdateValueList(alias, management.ValueList{
			ValueListItems: management.SetValue(items[1]), IsActive: management.SetValue(false),
		})).ok(t), full)
		says(sdk.UpdateValueList(alias, management.ValueList{ItemType: management.SetValue("colour")})).
			refused(t, 400, "invalid_request")
		reset := says(sdk.UpdateValueList(alias, management.ValueList{ValueListItems: null[[]management.ValueListItem]()})).ok(t)
		equal(t, "reset", len(reset.ValueListItems), 0)
		equal(t, "read", says(sdk.GetValueList(alias)).ok(t), reset)

		says(sdk.DeleteValueList(alias)).ok(t)
		says(sdk.GetValueList(alias)).refused(t, 404, "invalid_request")
		says(sdk.UpdateValueList(alias, management.ValueList{})).refused(t, 404, "invalid_request")
		says(sdk.DeleteValueList(alias)).refused(t, 404, "invalid_request")
	}
}

func TestGivenACustomDataPoint_whenItIsReadPatchedAndDeleted_thenItIsWhatWasAskedFor(t *testing.T) {
	sdk, _ := managementClient(t, managementSecret)

	for _, dataType := range []string{"text", "number", "boolean", "multiselect"} {
		name := unique("point")

		created := says(sdk.CreateCustomDataPoint(management.CustomDataPoint{
			Name: management.SetValue(name), DataType: management.SetValue(dataType), ModelType: management.SetValue("user"),
			Description: management.SetValue("what it is"),
		})).ok(t)

		full := management.CustomDataPointResponse{
			Id: created.Id, Name: name, DataType: dataType, ModelType: "user", Description: "what it is",
		}
		equal(t, "created", created, full)
		equal(t, "read", says(sdk.GetCustomDataPoint(created.Id)).ok(t), full)
		full.IsPublic = true
		equal(t, "public", says(sdk.UpdateCustomDataPoint(created.Id, management.CustomDataPoint{
			IsPublic: management.SetValue(true),
		})).ok(t), full)
		equal(t, "untouched", says(sdk.UpdateCustomDataPoint(created.Id, management.CustomDataPoint{})).ok(t), full)
		full.IsPublic, full.Description = false, ""
		equal(t, "reset", says(sdk.UpdateCustomDataPoint(created.Id, management.CustomDataPoint{
			IsPublic: management.SetValue(false), Description: null[string](),
		})).ok(t), full)
		says(sdk.UpdateCustomDataPoint(created.Id, management.CustomDataPoint{DataType: null[string]()})).
			refused(t, 400, "invalid_request")
		equal(t, "read", says(sdk.GetCustomDataPoint(created.Id)).ok(t), full)

		says(sdk.DeleteCustomDataPoint(created.Id)).ok(t)
		says(sdk.GetCustomDataPoint(created.Id)).refused(t, 404, "invalid_request")
		says(sdk.UpdateCustomDataPoint(created.Id, management.CustomDataPoint{})).refused(t, 404, "invalid_request")
		says(sdk.DeleteCustomDataPoint(created.Id)).refused(t, 404, "invalid_request")
	}
	says(sdk.CreateCustomDataPoint(management.CustomDataPoint{})).refused(t, 400, "invalid_request")
}

func TestGivenTheTenant_whenItsSettingIsSetToFalseAndReset_thenFalseIsAValueAndNullIsNone(t *testing.T) {
	sdk, _ := managementClient(t, managementSecret)
	hides := func(settings management.TenantSettings) *bool {
		t.Helper()
		answer := says(sdk.UpdateTenant(settings)).ok(t)
		equal(t, "read", says(sdk.GetTenant()).ok(t), answer)
		return answer.HideSuccessScreenOnEnrollment
	}

	for _, value := range []bool{true, false} {
		set := hides(management.TenantSettings{HideSuccessScreenOnEnrollment: management.SetValue(value)})
		equal(t, "set", *set, value)
		equal(t, "untouched", *hides(management.TenantSettings{}), value)
	}
	equal(t, "reset", hides(management.TenantSettings{HideSuccessScreenOnEnrollment: null[bool]()}), nil)
}

func TestGivenTheTheme_whenItIsPatched_thenNestedFieldsAreMergedAndNullResets(t *testing.T) {
	sdk, _ := managementClient(t, managementSecret)
	t.Cleanup(func() { equal(t, "at the end", resetTheme(t, sdk), management.ThemeResponse{}) })
	equal(t, "at first", resetTheme(t, sdk), management.ThemeResponse{})

	says(sdk.UpdateTheme(management.Theme{
		Name: management.SetValue("Shop"), PrimaryColor: management.SetValue("#ABCD12"),
		LogoUrl: management.SetValue("https://shop.example/logo.png"),
		Borders: management.SetValue(management.Borders{
			CardBorderRadius: management.SetValue(int64(3)), CardBorderWidth: management.SetValue(int64(0)),
		}),
		Colors:    management.SetValue(management.Colors{Link: management.SetValue("#ABCD12")}),
		Container: management.SetValue(management.Container{ExitPosition: management.SetValue("bottom")}),
		Typography: management.SetValue(management.Typography{
			Text: management.SetValue(management.Typeface{Faces: management.SetValue([]management.FontFace{
				{Url: "https://shop.example/a.woff2", Weight: "400"},
				{Url: "https://shop.example/b.woff2", Weight: "100 900"},
			})}),
		}),
		Links:   management.SetValue(management.Links{Underline: management.SetValue(false)}),
		Shadows: management.SetValue(management.Shadows{Enabled: management.SetValue(true)}),
		DarkMode: management.SetValue(management.DarkMode{
			PageBackground: management.SetValue(management.PageBackground{BackgroundColor: management.SetValue("black")}),
		}),
	})).ok(t)
	patched := says(sdk.UpdateTheme(management.Theme{
		Name: null[string](), PrimaryColor: management.SetValue("#000000"),
		Borders: management.SetValue(management.Borders{CardBorderRadius: null[int64]()}),
	})).ok(t)

	no, yes := false, true
	want := management.ThemeResponse{
		PrimaryColor: "#000000", LogoUrl: "https://shop.example/logo.png",
		Colors:    management.ColorsResponse{Link: "#ABCD12"},
		Container: management.ContainerResponse{ExitPosition: "bottom"},
		Typography: management.TypographyResponse{Text: management.TypefaceResponse{Faces: []management.FontFaceResponse{
			{Url: "https://shop.example/a.woff2", Weight: "400"}, {Url: "https://shop.example/b.woff2", Weight: "100 900"},
		}}},
		Links: management.LinksResponse{Underline: &no}, Shadows: management.ShadowsResponse{Enabled: &yes},
		DarkMode: management.DarkModeResponse{PageBackground: management.PageBackgroundResponse{BackgroundColor: "black"}},
	}
	equal(t, "patched", patched, want)
	says(sdk.UpdateTheme(management.Theme{PrimaryColor: management.SetValue("no colour")})).refused(t, 400, "invalid_request")
	equal(t, "read", says(sdk.GetTheme()).ok(t), want)
}

func resetTheme(t *testing.T, sdk management.Client) management.ThemeResponse {
	t.Helper()
	return says(sdk.UpdateTheme(management.Theme{
		Borders: null[management.Borders](), Colors: null[management.Colors](), Container: null[management.Container](),
		PageBackground: null[management.PageBackground](), Typography: null[management.Typography](),
		Links: null[management.Links](), Shadows: null[management.Shadows](), DarkMode: null[management.DarkMode](),
		LogoUrl: null[string](), WatermarkUrl: null[string](), FaviconUrl: null[string](), PrimaryColor: null[string](),
		Name: null[string](),
	})).ok(t)
}

func TestGivenMessageOverrides_whenTheyAreReplacedAndCleared_thenTheyAreAllThatThereIs(t *testing.T) {
	sdk, _ := managementClient(t, managementSecret)
	replace := func(overrides map[string]map[string]string) told[management.MessageOverridesBodyResponse] {
		return says(sdk.UpdateMessageOverrides(management.MessageOverridesBody{MessageOverrides: overrides}))
	}
	none := map[string]map[string]string{}

	for _, overrides := range []map[string]map[string]string{
		{"en": {"sms-code-entry.heading": "Enter your code"}},
		{"pt-br": {"sms-code-entry.heading": "Insira seu código"}},
		none,
	} {
		equal(t, "replaced", replace(overrides).ok(t).MessageOverrides, overrides)
		equal(t, "read", says(sdk.GetMessageOverrides()).ok(t).MessageOverrides, overrides)
	}
	replace(map[string]map[string]string{"en": {"not an id": "x"}}).refused(t, 400, "invalid_request")
	equal(t, "read", says(sdk.GetMessageOverrides()).ok(t).MessageOverrides, none)
}

func TestGivenTheMessageCatalogue_whenItIsRead_thenEveryPointIsOnAScreenAndMayBeOverridden(t *testing.T) {
	sdk, _ := managementClient(t, managementSecret)

	catalogue := says(sdk.GetMessageOverridesCatalog()).ok(t)

	screens := map[string]bool{}
	for _, screen := range catalogue.Screens {
		screens[screen.Id] = screen.Label != "" && screen.Family != ""
	}
	if catalogue.CatalogVersion < 1 || len(catalogue.Points) == 0 {
		t.Fatalf("%+v", catalogue)
	}
	for _, point := range catalogue.Points {
		if !screens[point.Screen] || point.PublicId == "" || point.Role == "" || point.Label == "" ||
			len(point.Products) == 0 || point.MaxLength < 1 || point.DefaultCopy["en"] == "" {
			t.Errorf("%+v", point)
		}
	}
}
