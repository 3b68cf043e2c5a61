// Starts the page that describes the API and tries it: what its library writes into the page, as a file of ours.
// Nothing is fetched from elsewhere: no fonts, no telemetry, no assistant.
Scalar.createApiReference("#app", {
  url: "/openapi/v1.json",
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: "never",
  agent: { disabled: true },
  mcp: { disabled: true },
});
