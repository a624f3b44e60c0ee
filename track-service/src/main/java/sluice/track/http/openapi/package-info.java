/** The API's own description: the OpenAPI document and a page of it. What it says is checked against the handlers. */
@NullMarked
package sluice.track.http.openapi;

import org.jspecify.annotations.NullMarked;
