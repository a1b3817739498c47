// The server's content security policy allows scripts from files only. The validator badge would ask a server on the internet.
SwaggerUIBundle({
  url: "/openapi/v1.json",
  dom_id: "#reference",
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  tagsSorter: "alpha",
  validatorUrl: null,
});
