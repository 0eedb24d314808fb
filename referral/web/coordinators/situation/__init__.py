"""The coordinators' situation picture: pages, exports and reports, drawn from releases and the directory."""
