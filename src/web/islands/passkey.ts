// Asks the device for a passkey and sends what it gives with the form. Without a script such forms stay hidden: a passkey
// cannot be asked for without one, and the other ways stand beside it.
//
// <form hidden data-hf-passkey="make|prove" data-hf-asks="OPTIONS IN JSON"> has a hidden field `response`;
// <p hidden data-hf-refused> in it says that nothing came of it.

interface Asks {
  readonly challenge: string
  readonly user?: { readonly id: string; readonly name: string; readonly displayName: string }
  readonly known?: readonly { readonly id: string; readonly transports: readonly string[] }[]
  readonly rpId: string
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(plain, letter => letter.charCodeAt(0))
}

function textOf(buffer: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(buffer))
  return btoa(plain).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function knownTo(asks: Asks): PublicKeyCredentialDescriptor[] {
  return (asks.known ?? []).map(({ id, transports }) => ({
    type: 'public-key',
    id: bytesOf(id),
    transports: [...transports] as AuthenticatorTransport[],
  }))
}

async function make(asks: Asks): Promise<object> {
  const { user, rpId } = asks
  if (!user) throw new Error('nobody to make it for')
  const made = (await navigator.credentials.create({
    publicKey: {
      challenge: bytesOf(asks.challenge),
      rp: { id: rpId, name: 'Holdfast' },
      user: { id: bytesOf(user.id), name: user.name, displayName: user.displayName },
      pubKeyCredParams: [-7, -8, -257].map(alg => ({ type: 'public-key', alg })),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
      excludeCredentials: knownTo(asks),
      attestation: 'none',
    },
  })) as PublicKeyCredential
  const response = made.response as AuthenticatorAttestationResponse
  return {
    ...{ id: made.id, rawId: textOf(made.rawId), type: made.type, clientExtensionResults: {} },
    response: {
      clientDataJSON: textOf(response.clientDataJSON),
      attestationObject: textOf(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    },
  }
}

async function prove(asks: Asks): Promise<object> {
  const given = (await navigator.credentials.get({
    publicKey: {
      challenge: bytesOf(asks.challenge),
      rpId: asks.rpId,
      allowCredentials: knownTo(asks),
      userVerification: 'required',
    },
  })) as PublicKeyCredential
  const response = given.response as AuthenticatorAssertionResponse
  return {
    ...{ id: given.id, rawId: textOf(given.rawId), type: given.type, clientExtensionResults: {} },
    response: {
      clientDataJSON: textOf(response.clientDataJSON),
      authenticatorData: textOf(response.authenticatorData),
      signature: textOf(response.signature),
      ...(response.userHandle ? { userHandle: textOf(response.userHandle) } : {}),
    },
  }
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-hf-passkey]')) {
  const field = form.querySelector<HTMLInputElement>('input[name="response"]')
  const refused = form.querySelector<HTMLElement>('[data-hf-refused]')
  if (!field || !('credentials' in navigator) || !('PublicKeyCredential' in window)) continue
  form.hidden = false
  form.addEventListener('submit', async event => {
    event.preventDefault()
    if (refused) refused.hidden = true
    try {
      const asks = JSON.parse(form.dataset['hfAsks'] ?? '{}') as Asks
      field.value = JSON.stringify(await (form.dataset['hfPasskey'] === 'make' ? make(asks) : prove(asks)))
      form.submit()
    } catch {
      if (refused) refused.hidden = false
    }
  })
}
