module sluice/acceptance/go

go 1.22.0

// The clients under test, each exactly so; nothing else is needed.
require (
	github.com/authsignal/authsignal-management-go/v6 v6.1.0
	github.com/authsignal/authsignalgo/v2 v2.0.1
)
