global using PolicyLayer.Sdk;
