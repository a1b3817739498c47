/** Tokens by the contract: refresh tokens rotate, and using one twice revokes them all. */
export class ScriptedTokens {
  lifetimeSeconds = 900;
  #number = 0;
  #isRevoked = false;
  #refreshToken = "";
  readonly #expired = new Set<string>();
  readonly #valid = new Set<string>();

  issue(): { access_token: string; token_type: string; expires_in_seconds: number; refresh_token: string } {
    this.#number++;
    const accessToken = `access-${this.#number}`;
    this.#refreshToken = `refresh-${this.#number}`;
    this.#valid.add(accessToken);
    return {
      access_token: accessToken,
      token_type: "Bearer",
      expires_in_seconds: this.lifetimeSeconds,
      refresh_token: this.#refreshToken,
    };
  }

  refresh(refreshToken: string): [number, Record<string, unknown>] {
    if (refreshToken !== this.#refreshToken || this.#isRevoked) {
      this.#isRevoked = true;
      this.#valid.clear();
      return [401, { error_code: "token_invalid" }];
    }
    return [200, this.issue()];
  }

  /** All access tokens given out so far are past their time. */
  expireAccessTokens(): void {
    for (const token of this.#valid) this.#expired.add(token);
    this.#valid.clear();
  }

  /** The whole session is revoked. */
  revoke(): void {
    this.#isRevoked = true;
  }

  /** Why an Authorization header is refused; null when it is good. */
  check(header: string | undefined): "auth_required" | "token_expired" | "token_invalid" | null {
    if (header === undefined) return "auth_required";
    const token = header.replace("Bearer ", "");
    if (this.#expired.has(token)) return "token_expired";
    return this.#valid.has(token) ? null : "token_invalid";
  }
}
